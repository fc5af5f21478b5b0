namespace ForensicHeads.Generator.Catalogue;

/// <summary>The networks that the generators of a run share, and how heads are adapted. Nothing here is owned.</summary>
public sealed record GeneratorTools
{
    /// <summary>Meta-learnt weights that fine-tuning starts from; null where no generator needs them.</summary>
    public GeneratorWeights? Weights { get; init; }

    /// <summary>Those of feed-forward heads; null for <see cref="Weights"/>.</summary>
    public GeneratorWeights? ForwardWeights { get; init; }

    /// <summary>The auto-encoder; null where no generator needs it.</summary>
    public FrameAutoEncoder? AutoEncoder { get; init; }

    /// <summary>How heads are adapted; mode, arm and seed are the task's.</summary>
    public AdaptOptions Adapt { get; init; } = new();

    /// <summary>Where the networks of content losses lie.</summary>
    public ContentLossFiles ContentFiles { get; init; } = ContentLossFiles.None;

    /// <summary>In which numbers heads are learnt and rendered; where is where the weights lie.</summary>
    public Compute Compute { get; init; } = Compute.Cpu;

    /// <summary>The weights of a mode.</summary>
    /// <exception cref="InvalidOperationException">None were given.</exception>
    public GeneratorWeights Heads(Mode mode) =>
        (mode == Mode.Ff ? ForwardWeights ?? Weights : Weights)
            ?? throw new InvalidOperationException("No meta-learnt weights were given.");

    internal FewShotGenerator FewShot(AdaptOptions options) =>
        new(Heads(options.Mode), options) { ContentFiles = ContentFiles, Compute = Compute };
}

/// <summary>What one call of a generator is to make.</summary>
public sealed record GeneratorTask
{
    /// <summary>The person who drives.</summary>
    public required string Identity { get; init; }

    /// <summary>The frames to make from, at the size of the run; empty where the generator needs none.</summary>
    public IReadOnlyList<Shot> Shots { get; init; } = [];

    /// <summary>The true driver frames with their landmarks.</summary>
    public required IEnumerable<Shot> Drivers { get; init; }

    /// <summary>One of the generator's modes; null where it knows none.</summary>
    public Mode? Mode { get; init; }

    /// <summary>Budgets of fine-tuning; empty for the options' own.</summary>
    public IReadOnlyList<Arm> Arms { get; init; } = [];

    /// <summary>Seed of the run.</summary>
    public long Seed { get; init; }

    /// <summary>Draw of the shots, which gives each fine-tuning a seed of its own.</summary>
    public int Draw { get; init; }

    /// <summary>How many of the drivers make each clip, in their order; empty where all make one.</summary>
    public IReadOnlyList<int> Clips { get; init; } = [];

    /// <summary>Frames of a clip in a second.</summary>
    public double FramesPerSecond { get; init; } = 25;

    /// <summary>Where a program of others leaves what it said, without an ending; null to keep nothing.</summary>
    public string? Log { get; init; }

    /// <summary>Frames of a clip in a second, by their times, between 1 and 240; 25 where they have none.</summary>
    public static double RateOf(IReadOnlyList<FrameRecord> clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        var seconds = clip[^1].TimeS - clip[0].TimeS;
        return clip.Count > 1 && seconds > 0 ? Math.Clamp((clip.Count - 1) / seconds, 1, 240) : 25;
    }

    internal IReadOnlyList<Landmarks68> Landmarks => [.. Drivers.Select(driver => driver.Landmarks)];
}
