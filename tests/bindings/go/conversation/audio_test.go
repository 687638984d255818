package conversation

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"slices"
	"testing"
	"time"

	gemlive "github.com/gemlive/gemlive/bindings/go"
	"github.com/gemlive/gemlive/tests/bindings/go/support"
)

const saysHello = `{"server": [{"on": "text", "do": [{"say": "Hello there."}]}]}`

func loudest(samples []int16) int {
	most := 0
	for _, sample := range samples {
		most = max(most, int(sample), -int(sample))
	}
	return most
}

func TestAudioEventsHoldTheVoice(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Start(t, saysHello).Options()))
	session.SendText("Hello?")
	frames, most := int64(0), 0
	for event := range session.Events() {
		switch e := event.(type) {
		case gemlive.Audio:
			if int64(len(e.Samples)) != e.Frames*e.Channels || e.SampleRate != 24000 || e.OffsetFrames != frames {
				t.Errorf("%v has %d samples", e, len(e.Samples))
			}
			frames += e.Frames
			most = max(most, loudest(e.Samples))
		case gemlive.TurnFinished:
			if e.GeneratedMS != frames*1000/24000 {
				t.Errorf("%d frames came, %v", frames, e)
			}
			session.Finish(false, 0)
		}
	}
	if most < 1000 {
		t.Errorf("nothing was heard: %d", most)
	}
}

func TestPlayoutReaderPlaysTheTurnAndEnds(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Start(t, saysHello).Options()))
	if err := session.SetOutputFormat(48000, 2); err != nil {
		t.Fatal(err)
	}
	session.SendText("Hello?")
	go func() {
		for event := range session.Events() {
			if event.Type() == "playout_finished" {
				session.Finish(false, 0)
			}
		}
	}()
	// snippet: reader
	var speaker bytes.Buffer // a sound device's stream, or a file
	played, err := io.Copy(&speaker, session.AudioReader())
	// end snippet
	if err != nil || played%4 != 0 {
		t.Fatalf("%d bytes, %v", played, err)
	}
	samples := make([]int16, played/2)
	binary.Read(&speaker, binary.LittleEndian, samples)
	if loudest(samples) < 1000 {
		t.Errorf("nothing was heard in %d bytes", played)
	}
	for at := 0; at < len(samples); at += 2 {
		if samples[at] != samples[at+1] {
			t.Fatalf("the channels differ at frame %d", at/2)
		}
	}
}

func TestPlayoutReaderIsPaced(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Offline()))
	session.SetOutputFormat(24000, 1)
	begin := time.Now()
	const wanted = 300 * time.Millisecond
	if _, err := io.CopyN(io.Discard, session.AudioReader(), int64(24000*2*wanted/time.Second)); err != nil {
		t.Fatal(err)
	}
	// It may be late on a busy machine, but never early.
	if took := time.Since(begin); took < wanted-60*time.Millisecond {
		t.Errorf("%v of sound came in %v", wanted, took)
	}
	session.Close()
	if rest, err := io.Copy(io.Discard, session.AudioReader()); rest != 0 || err != nil {
		t.Errorf("after close: %d bytes, %v", rest, err)
	}
}

func TestWriterKeepsBytesOfAFrameThatIsNotWhole(t *testing.T) {
	folder := t.TempDir()
	emulator := support.Start(t, `{"server": [{"on": {"audio_samples": 3200}, "do": [{"text": "heard"}]}]}`,
		"--record", folder)
	session := support.Session(t, support.Model(t, emulator.Options()))
	var written bytes.Buffer
	for at := range 3200 {
		binary.Write(&written, binary.LittleEndian, int16(10000*math.Sin(float64(at)/10)))
	}
	writer := session.AudioWriter()
	sent := written.Bytes()
	for at, size := 0, 1; at < len(sent); at, size = at+size, size%7+1 {
		size = min(size, len(sent)-at)
		if count, err := writer.Write(sent[at : at+size]); count != size || err != nil {
			t.Fatalf("%d of %d, %v", count, size, err)
		}
	}
	support.Await[gemlive.Text](t, session)
	session.Finish(false, 0)
	support.Await[gemlive.Closed](t, session)
	if got := heardByServer(t, folder); !bytes.Equal(got[:len(sent)], sent) {
		t.Error("the server heard something else")
	}
}

func TestWriterIsPatientWithoutConnection(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Offline(gemlive.WithJournal(250*time.Millisecond))))
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	placed, err := session.WriteAudio(ctx, make([]int16, 160000))
	if placed == 0 || placed == 160000 || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%d frames, %v", placed, err)
	}
	time.AfterFunc(10*time.Millisecond, func() { session.Close() })
	// Cancelled while it waits, or refused when it comes back for more.
	_, err = session.WriteAudio(context.Background(), make([]int16, 160000))
	if !errors.Is(err, gemlive.ErrCancelled) && !errors.Is(err, gemlive.ErrInvalidHandle) {
		t.Errorf("closed meanwhile: %v", err)
	}
}

func TestPushTakesWhatThereIsRoomFor(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Offline(gemlive.WithJournal(250*time.Millisecond))))
	accepted, err := session.PushAudio(make([]int16, 160000))
	if accepted == 0 || accepted == 160000 || err != nil {
		t.Errorf("%d frames, %v", accepted, err)
	}
	if _, err := session.PushAudioFloat([]float32{float32(math.NaN()), 2, -2}); err != nil {
		t.Error(err)
	}
	session.SetInputFormat(48000, 2)
	if _, err := session.PushAudio(make([]int16, 3)); !errors.Is(err, gemlive.ErrInvalidArgument) {
		t.Errorf("half a frame: %v", err)
	}
	if err := session.SetInputFormat(1, 1); !errors.Is(err, gemlive.ErrInvalidArgument) {
		t.Errorf("1 Hz: %v", err)
	}
}

// In stereo.
func nothingIsTakenAndAllIsSilent(t *testing.T, session *gemlive.Session) {
	t.Helper()
	shorts, floats := []int16{7, 7, 7, 7}, []float32{7, 7, 7, 7}
	if taken, err := session.PushAudio(shorts); taken != 0 || err != nil {
		t.Errorf("pushed %d, %v", taken, err)
	}
	if taken, err := session.PushAudioFloat(floats); taken != 0 || err != nil {
		t.Errorf("pushed %d, %v", taken, err)
	}
	if heard, err := session.ReadAudio(shorts); heard != 0 || err != nil || !slices.Equal(shorts, make([]int16, 4)) {
		t.Errorf("heard %d, %v, %v", heard, err, shorts)
	}
	if heard, err := session.ReadAudioFloat(floats); heard != 0 || err != nil || !slices.Equal(floats, make([]float32, 4)) {
		t.Errorf("heard %d, %v, %v", heard, err, floats)
	}
}

// What was understood is told by the level: the mean of both channels.
func TestBytesOfEveryFormatAreUnderstoodInBothLayouts(t *testing.T) {
	const second = 16000
	session := support.Session(t, support.Model(t, support.Offline(gemlive.WithInputRing(10*time.Second))))
	if err := session.SetInputFormat(second, 2); err != nil {
		t.Fatal(err)
	}
	floats := make([]float32, 2*second)
	for at := range second {
		floats[at], floats[second+at] = 0.5, 0.25
	}
	planes, err := binary.Append(nil, binary.NativeEndian, floats)
	if err != nil {
		t.Fatal(err)
	}
	taken := func(wanted int, peak float32) func(int, error) {
		return func(frames int, err error) {
			t.Helper()
			if frames != wanted || err != nil || session.InputPeak() != peak {
				t.Errorf("%d frames, %v, with the peak %v", frames, err, session.InputPeak())
			}
		}
	}
	taken(second, 0.375)(session.PushPlanarAudio(gemlive.SampleFormatF32, planes, 0))
	if rms := session.InputRMS(); math.Abs(float64(rms)-0.375) > 0.001 {
		t.Errorf("the RMS is %v", rms)
	}
	taken(10, 0.375)(session.PushPlanarAudio(gemlive.SampleFormatF32, planes, second-10))
	taken(second, 0.25)(session.PushAudioBytes(gemlive.SampleFormatF32, planes))
	session.SetInputFormat(second, 1)
	for _, one := range []struct {
		format gemlive.SampleFormat
		value  byte
		peak   float32
		frames int
	}{{gemlive.SampleFormatU8, 0x40, 0.5, second}, {gemlive.SampleFormatMulaw, 0x80, 32124. / 32768, second},
		{gemlive.SampleFormatAlaw, 0x2A, 32256. / 32768, second}, {gemlive.SampleFormatS16, 0, 0, second / 2},
		{gemlive.SampleFormatS32, 0, 0, second / 4}} {
		taken(one.frames, one.peak)(session.PushAudioBytes(one.format, bytes.Repeat([]byte{one.value}, second)))
	}
	session.Close()
	taken(0, 0)(session.PushAudioBytes(gemlive.SampleFormatS32, make([]byte, 3)))
}

func TestBytesAreWholeFramesOfAFormat(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Offline()))
	session.SetInputFormat(48000, 3)
	for _, refused := range []func() (int, error){
		func() (int, error) { return session.PushAudioBytes(gemlive.SampleFormatS32, make([]byte, 13)) },
		func() (int, error) { return session.PushAudioBytes(9, make([]byte, 12)) },
		func() (int, error) { return session.PushPlanarAudio(gemlive.SampleFormatS32, make([]byte, 12), 2) },
		func() (int, error) { return session.PushPlanarAudio(gemlive.SampleFormatS32, make([]byte, 12), -1) },
	} {
		if frames, err := refused(); frames != 0 || !errors.Is(err, gemlive.ErrInvalidArgument) {
			t.Errorf("%d frames, %v", frames, err)
		}
	}
	if frames, err := session.PushPlanarAudio(gemlive.SampleFormatS32, make([]byte, 12), 0); frames != 1 || err != nil {
		t.Errorf("%d frames, %v", frames, err)
	}
	if frames, err := session.PushAudioBytes(gemlive.SampleFormatS32, nil); frames != 0 || err != nil {
		t.Errorf("%d frames, %v", frames, err)
	}
}

func TestAfterCloseADeviceHearsSilenceAndNoError(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Offline()))
	session.SetOutputFormat(24000, 2)
	session.Close()
	nothingIsTakenAndAllIsSilent(t, session)
	odd := []int16{7, 7, 7}
	if heard, err := session.ReadAudio(odd); heard != 0 || err != nil || loudest(odd) != 0 {
		t.Errorf("half a frame: %d, %v, %v", heard, err, odd)
	}
	if _, err := session.AudioReader().Read(make([]byte, 4)); err != io.EOF {
		t.Errorf("the reader: %v", err)
	}
}

func TestAfterFinishADeviceHearsSilenceAndNoError(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Offline()))
	session.SetOutputFormat(24000, 2)
	session.Finish(false, time.Millisecond)
	nothingIsTakenAndAllIsSilent(t, session)
	support.Await[gemlive.Closed](t, session)
	nothingIsTakenAndAllIsSilent(t, session)
	if _, err := session.WriteAudio(support.Context(t), make([]int16, 160)); !errors.Is(err, gemlive.ErrClosed) {
		t.Errorf("a write: %v", err)
	}
}

func TestAfterAnUnaskedEndADeviceHearsSilenceAndNoError(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Start(t, "").Options(gemlive.WithAPIKey("invalid"))))
	session.SetOutputFormat(24000, 2)
	support.Await[gemlive.Closed](t, session)
	nothingIsTakenAndAllIsSilent(t, session)
	if _, err := session.WriteAudio(support.Context(t), make([]int16, 160)); !errors.Is(err, gemlive.ErrAuth) {
		t.Errorf("a write: %v", err)
	}
}

func TestAReadThatIsRefusedIsSilent(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Offline()))
	session.SetOutputFormat(24000, 2)
	odd := []int16{7, 7, 7}
	if _, err := session.ReadAudio(odd); !errors.Is(err, gemlive.ErrInvalidArgument) || loudest(odd) != 0 {
		t.Errorf("%v, %v", err, odd)
	}
}

func TestAudioCallsAllocateNothing(t *testing.T) {
	session := support.Session(t, support.Model(t, support.Offline()))
	samples, floats := make([]int16, 160), make([]float32, 160)
	for name, call := range map[string]func(){
		"PushAudio":      func() { session.PushAudio(samples) },
		"PushAudioFloat": func() { session.PushAudioFloat(floats) },
		"ReadAudio":      func() { session.ReadAudio(samples) },
		"ReadAudioFloat": func() { session.ReadAudioFloat(floats) },
	} {
		if allocations := testing.AllocsPerRun(100, call); allocations != 0 {
			t.Errorf("%s allocates %v times", name, allocations)
		}
	}
}
