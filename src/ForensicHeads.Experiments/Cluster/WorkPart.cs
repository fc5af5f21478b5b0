namespace ForensicHeads.Experiments.Cluster;

/// <summary>One of several equal parts of a list of work.</summary>
/// <param name="Number">Which, from 1.</param>
/// <param name="Count">Of how many.</param>
public sealed record WorkPart(int Number, int Count)
{
    /// <summary>Whether an item of the list is of this part; they are dealt out in turn.</summary>
    /// <param name="index">Its place in the list, from 0.</param>
    public bool Takes(int index) => index % Count == Number - 1;
}
