namespace ForensicHeads.Media.Decode;

/// <summary>Pictures of an animated WebP, which ffmpeg 5 does not decode: each is decoded as a photo and laid on the canvas, which is
/// white.</summary>
internal sealed class WebpFrames : FrameSource
{
    private readonly PhotoWorker worker = new();
    private readonly MediaLimits limits;
    private readonly CancellationToken cancellation;
    private readonly WebpAnimation animation;
    private readonly byte[] canvas;
    private WebpFrame? before;
    private string? failure;

    internal WebpFrames(MediaFacts facts, MediaLimits limits, CancellationToken cancellation)
    {
        (this.limits, this.cancellation) = (limits, cancellation);
        var bytes = PhotoReader.Bytes(facts, limits);
        animation = WebpAnimation.Read(bytes) ?? throw new MediaRejectedException("its headers cannot be read as webp");
        canvas = new byte[3 * facts.Width * facts.Height];
        canvas.AsSpan().Fill(255);
    }

    internal override bool Next(byte[] pixels, int number, out double? time)
    {
        cancellation.ThrowIfCancellationRequested();
        time = null;
        if (number >= animation.Frames.Count || failure is not null) return false;
        var frame = animation.Frames[number];
        if (frame.Left + (long)frame.Width > animation.Width || frame.Top + (long)frame.Height > animation.Height)
        {
            failure = $"picture {number} lies outside of the canvas";
            return false;
        }

        DecodedPhoto picture;
        try
        {
            picture = worker.Decode(PhotoDecoding.AnimationFrame, animation.FileOf(frame), limits);
        }
        catch (MediaRejectedException error)
        {
            failure = $"picture {number}: {error.Message}";
            return false;
        }

        if (picture.Image.Width != frame.Width || picture.Image.Height != frame.Height)
        {
            failure = $"picture {number} has {picture.Image.Width}×{picture.Image.Height} pixels, not {frame.Width}×{frame.Height}";
            return false;
        }

        if (before is { Clears: true } last) Lay(last, null);
        Lay(frame, picture);
        before = frame;
        canvas.CopyTo(pixels, 0);
        time = frame.Time;
        return true;
    }

    internal override DecodeOutcome Conclude(int decoded)
    {
        failure ??= animation.IsWhole ? null : "the file ends before it says";
        if (decoded == 0) return new DecodeOutcome(MediaStatus.Rejected, failure ?? "no frame can be decoded", 0);
        return new DecodeOutcome(failure is null ? MediaStatus.Ok : MediaStatus.Partial, failure, decoded);
    }

    internal override void Stop()
    {
        // It does nothing by itself.
    }

    public override void Dispose() => worker.Dispose();

    /// <summary>Lays a picture on the canvas, or white in its place.</summary>
    private void Lay(WebpFrame place, DecodedPhoto? picture)
    {
        for (var y = 0; y < place.Height; y++)
        {
            var row = canvas.AsSpan(3 * (((place.Top + y) * animation.Width) + place.Left), 3 * place.Width);
            if (picture is null)
            {
                row.Fill(255);
                continue;
            }

            var colours = picture.Image.Pixels.AsSpan(3 * place.Width * y, 3 * place.Width);
            for (var i = 0; i < row.Length; i++)
            {
                var alpha = picture.Alpha.Length == 0 ? 255 : picture.Alpha[(place.Width * y) + (i / 3)];
                row[i] = (byte)(((colours[i] * alpha) + ((place.Blends ? row[i] : 255) * (255 - alpha)) + 127) / 255);
            }
        }
    }
}
