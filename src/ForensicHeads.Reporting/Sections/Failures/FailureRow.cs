namespace ForensicHeads.Reporting.Sections.Failures;

/// <summary>Something that a generator or detector of others was asked for and did not give; it counts as its failure and is missing in no
/// other row in silence.</summary>
public sealed record FailureRow
{
    /// <summary>The generator or detector.</summary>
    public required string Name { get; init; }

    /// <summary>The person; empty where the job was about many.</summary>
    public string Identity { get; init; } = "";

    /// <summary>What was asked for: shot count and draw, or condition.</summary>
    public required string Job { get; init; }

    /// <summary>One line for each plug-in that failed, for those who do not scroll.</summary>
    public static IEnumerable<string> Warnings(IReadOnlyList<FailureRow> rows) => rows.GroupBy(row => row.Name, StringComparer.Ordinal)
        .Select(group => FormattableString.Invariant(
            $"{group.Key} failed in {group.Count()} jobs, which are missing from its numbers. The first: {group.First().Reason}."));

    /// <summary>How many frames are missing.</summary>
    public int Frames { get; init; }

    /// <summary>Why, in a line.</summary>
    public required string Reason { get; init; }
}
