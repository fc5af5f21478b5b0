namespace ForensicHeads.Experiments.Cluster;

/// <summary>What an ordinary command does as a piece of a plan, in place of all its work.</summary>
public sealed record WorkShare
{
    /// <summary>Takes the hash of the command's inputs, by which a later change of them is seen; nothing else is done then. Null to
    /// work.</summary>
    public Action<string>? Inputs { get; init; }

    /// <summary>The part to do; null for the whole.</summary>
    public WorkPart? Part { get; init; }

    /// <summary>The folders of finished parts, in their order, null for one that is missing: the whole is put together from them. Null
    /// where nothing is.</summary>
    public IReadOnlyList<string?>? Finished { get; init; }
}
