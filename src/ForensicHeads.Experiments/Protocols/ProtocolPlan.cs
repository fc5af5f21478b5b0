namespace ForensicHeads.Experiments.Protocols;

/// <summary>What a protocol is going to measure and how, fixed before anything is measured.</summary>
public sealed record ProtocolPlan
{
    /// <summary>Name of the protocol.</summary>
    public required string Protocol { get; init; }

    /// <summary>The number that counts, in words; everything else is beside it.</summary>
    public required string PrimaryEndpoint { get; init; }

    /// <summary>The detector's feature families.</summary>
    public required IReadOnlyList<string> Families { get; init; }

    /// <summary>The conditions that are crossed; elsewhere clean frames alone.</summary>
    public required IReadOnlyList<string> Conditions { get; init; }

    /// <summary>How clips and people are sampled.</summary>
    public required ProtocolOptions Options { get; init; }

    /// <summary>The detectors of others that stand beside ours: name and SHA-256 of each.</summary>
    public required IReadOnlyDictionary<string, string> Models { get; init; }

    /// <summary>The stores: name and content hash of each.</summary>
    public required IReadOnlyList<ProtocolInput> Stores { get; init; }
}

/// <summary>A store that a protocol reads.</summary>
/// <param name="Store">Its name.</param>
/// <param name="ContentSha256">Hash of its content, frame by frame.</param>
/// <param name="Frames">Number of its frames.</param>
public sealed record ProtocolInput(string Store, string ContentSha256, int Frames);
