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

    /// <summary>Container found from the first bytes, never from the name: mp4, mpeg-ps, avi, matroska, gif, png, jpeg, bmp, webp, tiff,
    /// netpbm.</summary>
    public required string Container { get; init; }

    /// <summary>True for a single picture.</summary>
    public required bool IsPhoto { get; init; }

    /// <summary>Codec as ffprobe names it; for photos the container's name.</summary>
    public required string Codec { get; init; }

    /// <summary>Width in pixels as shown, that is after rotation.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels as shown, that is after rotation.</summary>
    public required int Height { get; init; }

    /// <summary>Clockwise quarter turns that the metadata asks for, in degrees: 0, 90, 180 or 270. Already applied to frames and
    /// sizes.</summary>
    public int Rotation { get; init; }

    /// <summary>Mean frame rate in frames per second; 0 when unknown and for photos.</summary>
    public double FrameRate { get; init; }

    /// <summary>Length in seconds; 0 when unknown and for photos.</summary>
    public double Seconds { get; init; }

    /// <summary>Frames that the container declares, or length times rate where it declares none; 0 when unknown; 1 for photos.</summary>
    public long DeclaredFrames { get; init; }

    /// <summary>Whether <see cref="DeclaredFrames"/> is the container's own count rather than an estimate.</summary>
    public bool FramesAreCounted { get; init; }
}
