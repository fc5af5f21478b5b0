namespace ForensicHeads.Datasets.Ingest;

/// <summary>What <c>ingest</c> is asked to do.</summary>
public sealed record IngestOptions
{
    /// <summary>The folder to read.</summary>
    public required string Source { get; init; }

    /// <summary>The store to make.</summary>
    public required string Out { get; init; }

    /// <summary>Side of the crops in pixels, 16 … 4096. Default 256.</summary>
    public int Size { get; init; } = 256;

    /// <summary>Most frames a second that are taken, 0 … 1000; 0 takes all. Default 0.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>The folder of <c>--models</c>; null for the usual places.</summary>
    public string? ModelsFolder { get; init; }

    /// <summary>Licence of files for which the manifest states none; null when unknown.</summary>
    public string? Licence { get; init; }

    /// <summary>Which part of the inputs to take, 1 … <see cref="ShardCount"/>. Default 1.</summary>
    public int Shard { get; init; } = 1;

    /// <summary>In how many parts the inputs are divided, 1 … 10,000. Default 1.</summary>
    public int ShardCount { get; init; } = 1;

    /// <summary>Files read at the same time, 1 … 64. Default 2.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>Limits on each file.</summary>
    public MediaLimits Limits { get; init; } = new();

    /// <summary>Checks every value.</summary>
    /// <exception cref="UserErrorException">A value is outside its range.</exception>
    public void Validate()
    {
        Cropper.Validate();
        if (ShardCount is < 1 or > 10_000 || Shard < 1 || Shard > ShardCount)
            throw new UserErrorException($"--shard {Shard}/{ShardCount} is outside 1/1 … 10000/10000; the first of four parts is 1/4.", 2);
        if (Workers is < 1 or > 64) throw new UserErrorException($"{Workers} workers are outside 1 … 64; 2 is usual.", 2);
    }

    /// <summary>How faces are cut out; each file gets its part of the processors.</summary>
    internal FaceCropperOptions Cropper => new()
    {
        Size = Size,
        FramesPerSecond = FramesPerSecond,
        Limits = Limits,
        Workers = Math.Clamp(Environment.ProcessorCount / Math.Max(1, Workers), 1, 64),
    };
}
