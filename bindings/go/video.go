package gemlive

import (
	"fmt"
	"image"
	"image/draw"
	"runtime"

	"github.com/gemlive/gemlive/bindings/go/internal/gemlivec"
)

// PixelFormat says how the pixels of a frame lie in memory. The names say the order of the bytes: RGBA has red first. The YUV
// formats are BT.601 of limited range; I420, NV12 and NV21 have one colour for each block of 2 x 2 pixels.
type PixelFormat int

// The formats of frames.
const (
	PixelFormatRGBA PixelFormat = iota + 1
	PixelFormatBGRA
	PixelFormatARGB
	PixelFormatABGR
	PixelFormatRGB24
	PixelFormatBGR24
	PixelFormatI420 // planes: Y, U, V
	PixelFormatNV12 // planes: Y; U and V in turns
	PixelFormatNV21 // planes: Y; V and U in turns
	PixelFormatYUY2 // one plane: Y U Y V for two pixels
)

// VideoFrame is a raw frame of a camera or a screen, where it lies.
type VideoFrame struct {
	Format        PixelFormat
	Width, Height int       // pixels, 1 to 16,384
	Rotation      int       // by how much it is to be turned clockwise to be upright: 0, 90, 180 or 270
	Planes        [3][]byte // those of the format; or the first alone, in which all lie one behind the other
	Strides       [3]int    // bytes from a row to the next; negative: the rows lie from the bottom up; 0: without gaps
}

// FrameOf makes a frame of a picture. Pictures of type *image.RGBA and *image.NRGBA are used where they lie, others are drawn into
// one. Alpha is left out, not blended.
func FrameOf(picture image.Image) VideoFrame {
	bounds := picture.Bounds()
	frame := VideoFrame{Format: PixelFormatRGBA, Width: bounds.Dx(), Height: bounds.Dy()}
	if bounds.Empty() {
		return frame // which is refused by its width or height
	}
	switch lies := picture.(type) {
	case *image.RGBA:
		frame.Planes[0], frame.Strides[0] = lies.Pix[lies.PixOffset(bounds.Min.X, bounds.Min.Y):], lies.Stride
	case *image.NRGBA:
		frame.Planes[0], frame.Strides[0] = lies.Pix[lies.PixOffset(bounds.Min.X, bounds.Min.Y):], lies.Stride
	default:
		drawn := image.NewRGBA(image.Rect(0, 0, bounds.Dx(), bounds.Dy()))
		draw.Draw(drawn, drawn.Bounds(), picture, bounds.Min, draw.Src)
		frame.Planes[0], frame.Strides[0] = drawn.Pix, drawn.Stride
	}
	return frame
}

// PushVideo shows the model a raw frame; it is copied, and scaled and encoded elsewhere. Push as often as there are frames: one is
// sent each video_interval_ms while the user speaks and each video_idle_interval_ms else, the newest of those pushed meanwhile.
func (s *Session) PushVideo(frame VideoFrame) error {
	defer runtime.KeepAlive(s)
	for _, number := range []int{frame.Width, frame.Height, frame.Rotation, frame.Strides[0], frame.Strides[1], frame.Strides[2]} {
		if int(int32(number)) != number {
			return &Error{StatusInvalidArgument, fmt.Sprintf("%d is no width, height, rotation or stride: they have 32 bits", number)}
		}
	}
	return failure(gemlivec.Session_push_video(s.handle(), int(frame.Format), frame.Width, frame.Height, frame.Rotation,
		frame.Planes[0], frame.Strides[0], frame.Planes[1], frame.Strides[1], frame.Planes[2], frame.Strides[2]))
}
