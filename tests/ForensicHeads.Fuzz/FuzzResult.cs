namespace ForensicHeads.Fuzz;

/// <summary>How a target fared.</summary>
internal sealed record FuzzResult
{
    /// <summary>Its name.</summary>
    public required string Target { get; init; }

    /// <summary>Good inputs that were read.</summary>
    public int SeedsRead { get; init; }

    /// <summary>Mutants that were read.</summary>
    public int Read { get; init; }

    /// <summary>Mutants that were refused as documented.</summary>
    public int Refused { get; init; }

    /// <summary>The longest time that one input took.</summary>
    public TimeSpan Slowest { get; init; }

    /// <summary>What was not answered as documented, seeds included.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];
}
