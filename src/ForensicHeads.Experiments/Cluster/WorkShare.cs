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

/// <summary>One of several equal parts of a list of work.</summary>
/// <param name="Number">Which, from 1.</param>
/// <param name="Count">Of how many.</param>
public sealed record WorkPart(int Number, int Count)
{
    /// <summary>Whether an item of the list is of this part; they are dealt out in turn.</summary>
    /// <param name="index">Its place in the list, from 0.</param>
    public bool Takes(int index) => index % Count == Number - 1;
}
