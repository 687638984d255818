package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
)

// sound is mono, 16 bits a sample.
type sound struct {
	rate    int
	samples []int16
}

// readWAV takes 16-bit mono PCM, with any chunks around it.
func readWAV(path string) (sound, error) {
	bytes, err := os.ReadFile(path)
	if err != nil {
		return sound{}, err
	}
	if len(bytes) < 12 || string(bytes[:4]) != "RIFF" || string(bytes[8:12]) != "WAVE" {
		return sound{}, fmt.Errorf("%s is no WAV file", path)
	}
	rate := 0
	for rest := bytes[12:]; len(rest) >= 8; {
		name, size := string(rest[:4]), int(binary.LittleEndian.Uint32(rest[4:]))
		body := rest[8:min(8+size, len(rest))]
		switch {
		case name == "fmt " && len(body) >= 16:
			format, channels := binary.LittleEndian.Uint16(body), binary.LittleEndian.Uint16(body[2:])
			if bits := binary.LittleEndian.Uint16(body[14:]); format != 1 || channels != 1 || bits != 16 {
				return sound{}, fmt.Errorf("%s is not 16-bit mono PCM", path)
			}
			rate = int(binary.LittleEndian.Uint32(body[4:]))
		case name == "data" && rate > 0:
			samples := make([]int16, len(body)/2)
			for at := range samples {
				samples[at] = int16(binary.LittleEndian.Uint16(body[2*at:]))
			}
			return sound{rate, samples}, nil
		}
		rest = rest[min(8+size+size%2, len(rest)):]
	}
	return sound{}, fmt.Errorf("%s has no sound", path)
}

// writeStereo writes two sides of 16 bits; the shorter one ends in silence.
func writeStereo(path string, rate int, left, right []int16) error {
	frames := max(len(left), len(right))
	size := uint32(4 * frames)
	bytes := append([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, 36+size)...)
	bytes = append(bytes, "WAVEfmt "...)
	bytes = binary.LittleEndian.AppendUint32(bytes, 16)
	bytes = binary.LittleEndian.AppendUint16(bytes, 1)
	bytes = binary.LittleEndian.AppendUint16(bytes, 2)
	bytes = binary.LittleEndian.AppendUint32(bytes, uint32(rate))
	bytes = binary.LittleEndian.AppendUint32(bytes, uint32(4*rate))
	bytes = binary.LittleEndian.AppendUint16(bytes, 4)
	bytes = binary.LittleEndian.AppendUint16(bytes, 16)
	bytes = append(bytes, "data"...)
	bytes = binary.LittleEndian.AppendUint32(bytes, size)
	for at := range frames {
		for _, side := range [][]int16{left, right} {
			sample := int16(0)
			if at < len(side) {
				sample = side[at]
			}
			bytes = binary.LittleEndian.AppendUint16(bytes, uint16(sample))
		}
	}
	if err := os.WriteFile(path, bytes, 0o644); err != nil {
		return errors.New("the recording could not be written: " + err.Error())
	}
	return nil
}
