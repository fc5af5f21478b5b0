namespace ForensicHeads.Datasets.Store;

/// <summary>One row of <c>index.parquet</c>: one frame of a store. Names in the file are the snake_case forms.</summary>
public sealed record FrameRecord
{
    /// <summary>Unique in the store, <c>[A-Za-z0-9_-]+</c>; also the picture's name in its shard.</summary>
    public required string Key { get; init; }

    /// <summary>Number of the tar shard; set by the writer.</summary>
    public int Shard { get; init; }

    /// <summary>Byte offset of the PNG inside its shard; set by the writer.</summary>
    public long Offset { get; init; }

    /// <summary>Byte length of the PNG; set by the writer.</summary>
    public long Length { get; init; }

    /// <summary>The person.</summary>
    public required string Identity
    {
        get;
        init => (field, IdentityAsWritten) = (IdentityName.Canonical(value), value);
    }

    /// <summary>The same in the letters that were given: what is written stays as it is, so that its hash does.</summary>
    internal string IdentityAsWritten { get; private init; } = "";

    /// <summary>The video, unique within the store.</summary>
    public required string Video { get; init; }

    /// <summary>Which face track of the video, from 0.</summary>
    public int Track { get; init; }

    /// <summary>Frame number in the source video, from 0.</summary>
    public int FrameNumber { get; init; }

    /// <summary>Time in the source video, seconds.</summary>
    public double TimeS { get; init; }

    /// <summary>Landmarks in pixels of the crop.</summary>
    public required Landmarks68 Landmarks { get; init; }

    /// <summary>0 … 1.</summary>
    public float LandmarkConfidence { get; init; } = 1;

    /// <summary>Left edge of the crop in source pixels.</summary>
    public float CropX { get; init; }

    /// <summary>Top edge of the crop in source pixels.</summary>
    public float CropY { get; init; }

    /// <summary>Width of the crop in source pixels.</summary>
    public float CropW { get; init; }

    /// <summary>Height of the crop in source pixels.</summary>
    public float CropH { get; init; }

    /// <summary>SHA-256 of the source file's bytes, or of the renderer's parameters.</summary>
    public string SourceSha256 { get; init; } = "";

    /// <summary>Codec of the source, as ffprobe names it; <c>rendered</c> for procedural heads.</summary>
    public string SourceCodec { get; init; } = "";

    /// <summary>Width of the source in pixels, as shown.</summary>
    public int SourceWidth { get; init; }

    /// <summary>Height of the source in pixels, as shown.</summary>
    public int SourceHeight { get; init; }

    /// <summary>How the source became what is shown: columns that stand in an index only where a file needs them.</summary>
    public ShownSource Shown { get; init; } = ShownSource.Plain;

    /// <summary>Licence of the source.</summary>
    public string Licence { get; init; } = "";

    /// <summary>Whether this person may be a shot or a driver for generation.</summary>
    public bool MayGenerate { get; init; }

    /// <summary>Clips of one origin and encode share a group; empty when there is none.</summary>
    public string Group { get; init; } = "";

    /// <summary><c>ok</c> or <c>partial</c> (the source was damaged or cut).</summary>
    public string Status { get; init; } = "ok";

    /// <summary>How the frame came to be: the columns <c>label</c>, <c>generator</c>, <c>mode</c>, <c>shots</c> and <c>draw</c>.</summary>
    public FrameOrigin Origin { get; init; } = FrameOrigin.Real;

    /// <summary>Whether the frame is real.</summary>
    public bool IsReal => Origin.IsReal;

    /// <summary>The videos that a generated frame was made from, as far as they are known: its driver's, and those of its shots.</summary>
    public IEnumerable<string> SourceVideos =>
        [.. (string[])(DriverVideo is null ? [] : [DriverVideo]), .. ReferenceVideos?.Split(' ') ?? []];

    /// <summary>SHA-256 of the generator's weights; null for real frames.</summary>
    public string? WeightsSha256 { get; init; }

    /// <summary>The driving video; null for real frames.</summary>
    public string? DriverVideo { get; init; }

    /// <summary>The driving frame's number; null for real frames.</summary>
    public int? DriverFrame { get; init; }

    /// <summary>Perceptual-hash distance (bits of 64) from the driver frame to the nearest shot; null for real frames.</summary>
    public float? NearestShotDistance { get; init; }

    /// <summary>The person who drives, where a data set says so and the driving video is not in it; null otherwise.</summary>
    public string? DriverIdentity
    {
        get;
        init => field = value is null ? null : IdentityName.Canonical(value);
    }

    /// <summary>Of a fake, the person whose video was altered, where a data set says so; null otherwise.</summary>
    public string? TargetIdentity
    {
        get;
        init => field = value is null ? null : IdentityName.Canonical(value);
    }

    /// <summary>Of a fake, the person whose face or motion was put in, where a data set says so; null otherwise.</summary>
    public string? SourceIdentity
    {
        get;
        init => field = value is null ? null : IdentityName.Canonical(value);
    }

    /// <summary>Whether the sound is <c>real</c> or <c>generated</c>, where a data set says so; null otherwise.</summary>
    public string? Sound { get; init; }

    /// <summary>The data set's compression level, such as <c>c23</c>; null where it has none.</summary>
    public string? Compression { get; init; }

    /// <summary>What it underwent after it was made or seen, such as <c>h264-crf23</c>; null for nothing that is known.</summary>
    public string? Condition { get; init; }

    /// <summary>The videos of the same store that gave the shots, with spaces between, where a data set says so; null
    /// otherwise.</summary>
    public string? ReferenceVideos { get; init; }

    /// <summary>The part of its data set's own split, in the data set's word; null where there is none.</summary>
    public string? OfficialSplit { get; init; }

    /// <summary>Where its file was collected from, such as a repository; null where nobody says. What is learnt inside a collection (its
    /// crop, scale, encoder and cameras) need not carry to another.</summary>
    public string? Collection { get; init; }
}
