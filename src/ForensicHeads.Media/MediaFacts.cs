namespace ForensicHeads.Media;

/// <summary>What a file says of itself, read without decoding it.</summary>
public sealed record MediaFacts
{
    /// <summary>Path as it was given.</summary>
    public required string Path { get; init; }

    /// <summary>SHA-256 of the file's bytes.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Length of the file in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Container found from the first bytes, never from the name: mp4, mpeg-ps, mpeg-ts, avi, matroska, gif, apng, png, jpeg, bmp,
    /// webp, tiff, avif, netpbm.</summary>
    public required string Container { get; init; }

    /// <summary>True for a single picture.</summary>
    public required bool IsPhoto { get; init; }

    /// <summary>Codec as ffprobe names it; for photos the container's name.</summary>
    public required string Codec { get; init; }

    /// <summary>Width as shown, in square pixels, cropped and turned upright; of a photo that was not decoded yet, as stored.</summary>
    public required int Width { get; init; }

    /// <summary>Height as shown, in square pixels, cropped and turned upright; of a photo that was not decoded yet, as stored.</summary>
    public required int Height { get; init; }

    /// <summary>Width of the stored picture in its own pixels; 0 when unknown.</summary>
    public int StoredWidth { get; init; }

    /// <summary>Height of the stored picture in its own pixels; 0 when unknown.</summary>
    public int StoredHeight { get; init; }

    /// <summary>Width of a stored pixel by its height, as a fraction: <c>16:11</c>; <c>1:1</c> for square pixels.</summary>
    public string PixelAspect { get; init; } = "1:1";

    /// <summary>Clockwise quarter turns that the metadata asks for, in degrees: 0, 90, 180 or 270. Already applied to frames and
    /// sizes.</summary>
    public int Rotation { get; init; }

    /// <summary>Whether the metadata asks for left and right to change places, before the turn. Already applied.</summary>
    public bool IsMirrored { get; init; }

    /// <summary>What the file leaves open of its colours and was assumed: <c>matrix bt601, range tv</c>; null when it says all.</summary>
    public string? Assumed { get; init; }

    /// <summary><c>PQ</c> or <c>HLG</c> where that high dynamic range was brought to SDR; null otherwise. A detector that saw none such
    /// must give no verdict.</summary>
    public string? ToneMapped { get; init; }

    /// <summary>Whether fields were made into frames.</summary>
    public bool IsDeinterlaced { get; init; }

    /// <summary>What weakens whatever is said of the frames, a line each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What was done to the file or left out of it, a line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Mean frame rate in frames per second; 0 when unknown and for photos.</summary>
    public double FrameRate { get; init; }

    /// <summary>Length in seconds from the first shown frame to the end of the last, as its packets say; what the container claims where
    /// they are silent; 0 when unknown and for photos.</summary>
    public double Seconds { get; init; }

    /// <summary>Length in seconds that the container claims; 0 when it claims none and for photos.</summary>
    public double DeclaredSeconds { get; init; }

    /// <summary>Frames that the container claims, or claimed length times claimed rate where it does not count them; 0 when unknown; 1 for
    /// photos.</summary>
    public long DeclaredFrames { get; init; }

    /// <summary>Whether <see cref="DeclaredFrames"/> is the container's own count rather than an estimate.</summary>
    public bool FramesAreCounted { get; init; }

    /// <summary>Packets that are to be shown, counted in the file; 0 when they were not counted; 1 for photos.</summary>
    public long PresentablePackets { get; init; }

    /// <summary>How many frames to expect: the packets, or what the container claims.</summary>
    public long ExpectedFrames => PresentablePackets > 0 ? PresentablePackets : DeclaredFrames;

    /// <summary>How the decoder reads it; null for photos and for facts from no probe.</summary>
    internal VideoPlan? Plan { get; init; }
}
