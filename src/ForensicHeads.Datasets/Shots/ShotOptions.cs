namespace ForensicHeads.Datasets.Shots;

/// <summary>How shots and driver frames are drawn for a person.</summary>
public sealed record ShotOptions
{
    /// <summary>Where driver frames may come from.</summary>
    public DriverRule DriverRule { get; init; } = DriverRule.OtherVideoElseGap;

    /// <summary>The driver video, or null to have it drawn.</summary>
    public string? DriverVideo { get; init; }

    /// <summary>The shot video, or null for all the rule allows.</summary>
    public string? ShotVideo { get; init; }

    /// <summary>Independent draws of the shots, at least 1; default 3.</summary>
    public int Draws { get; init; } = 3;

    /// <summary>The shot counts T; the smaller are prefixes of the larger. Default 1, 8, 32.</summary>
    public IReadOnlyList<int> ShotCounts { get; init; } = [1, 8, 32];

    /// <summary>Contiguous driver frames, at least 1; default 32.</summary>
    public int DriverFrames { get; init; } = 32;

    /// <summary>How many such runs, at least 1; each in a video of its own where that leaves the shots (and the references) enough, else at
    /// least the gap away from the others. Fewer where there is no room. Default 1.</summary>
    public int DriverClips { get; init; } = 1;

    /// <summary>Least time between a driver frame and a shot of the same video, in seconds; default 1.</summary>
    public double GapSeconds { get; init; } = 1;

    /// <summary>Whether room is kept for references: one video free of shots and drivers where there are three, a part of it, a gap away
    /// from both, where there is one. Default false.</summary>
    public bool KeepsReferences { get; init; }

    /// <summary>Seed of all draws.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Draws, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(DriverFrames, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(DriverClips, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(GapSeconds);
        ArgumentOutOfRangeException.ThrowIfZero(ShotCounts.Count);
        foreach (var count in ShotCounts) ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
    }
}

/// <summary>Where driver frames may come from.</summary>
public enum DriverRule
{
    /// <summary>Another video than the shots where the person has one, else the same video at least the gap away from every shot.</summary>
    OtherVideoElseGap,

    /// <summary>Another video only; people with one video give no plan.</summary>
    OtherVideoOnly,

    /// <summary>The shots' own video, at least the gap away from every shot, even where there are others.</summary>
    SameVideo,
}
