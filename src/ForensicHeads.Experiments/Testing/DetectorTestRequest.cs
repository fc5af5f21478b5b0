namespace ForensicHeads.Experiments.Testing;

/// <summary>Which detectors are to be tested, and on whom.</summary>
public sealed record DetectorTestRequest
{
    /// <summary>Folders of detectors; at least one. The first is what the others are compared with.</summary>
    public required IReadOnlyList<string> Detectors { get; init; }

    /// <summary>Stores whose real frames are scored.</summary>
    public required IReadOnlyList<FrameStore> Real { get; init; }

    /// <summary>Stores whose generated frames are scored; may be the same.</summary>
    public required IReadOnlyList<FrameStore> Generated { get; init; }

    /// <summary>Its test people are tested; null for everybody whom no detector learnt from.</summary>
    public Split? Split { get; init; }

    /// <summary>What both classes undergo, one after the other.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [FrameConditions.Clean];

    /// <summary>What fakes are grouped by, out of <see cref="TestRow.Dimensions"/>.</summary>
    public IReadOnlyList<string> By { get; init; } = TestRow.Dimensions;

    /// <summary>Most frames a video, evenly spaced; 0 takes all. Detectors with families over time see all in any case.</summary>
    public int FramesPerVideo { get; init; }

    /// <summary>Seed of conditions and of the sign-flip Monte Carlo.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Finds landmarks again in the crops, for detectors with families over time; null for none.</summary>
    public Func<ILandmarkFinder>? Landmarks { get; init; }

    /// <summary>Checks what can be checked without reading a picture.</summary>
    /// <exception cref="UserErrorException">An unknown or repeated name, or a value outside its range.</exception>
    public void Validate()
    {
        foreach (var condition in Conditions) FrameConditions.ByName(condition, Seed);
        foreach (var name in By.Where(name => !TestRow.Dimensions.Contains(name))) throw new UserErrorException(
            $"--by is '{name}'; allowed are {string.Join(", ", TestRow.Dimensions)}.", exitCode: 2);
        if (DetectorRecipe.Twice(Conditions) is { } twice) throw new UserErrorException(
            $"Condition '{twice}' is named twice and would count everything twice; name it once.", exitCode: 2);
        if (Conditions.Count == 0) throw new UserErrorException("Name at least one condition; clean changes nothing.", exitCode: 2);
        if (FramesPerVideo is < 0 or > 1_000_000) throw new UserErrorException(
            $"{FramesPerVideo} frames a video are outside 0 … 1000000; 0 takes all.", exitCode: 2);
    }
}
