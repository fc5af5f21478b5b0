namespace ForensicHeads.Reporting.Results;

/// <summary>
/// The check that ê holds the person: feed-forward frames on A's landmarks with A's own vector and with B's, each compared (SSIM) with A's true
/// frame and with the true frame of B whose landmarks are nearest.
/// </summary>
/// <param name="NIdentities">Pairs A, B.</param>
/// <param name="OwnToSelf">A's vector, against A.</param>
/// <param name="OwnToOther">A's vector, against B.</param>
/// <param name="SwappedToSelf">B's vector, against A.</param>
/// <param name="SwappedToOther">B's vector, against B: above the one before when the face has turned into B's.</param>
/// <param name="Turned">Share of the pairs in which the swapped frames are nearer to B than to A.</param>
public sealed record EmbeddingSwap(int NIdentities, double OwnToSelf, double OwnToOther, double SwappedToSelf, double SwappedToOther, double Turned)
{
    /// <summary>Identity similarity (cosine) of A's own frames to A; null where no judge measured it.</summary>
    public double? IdentityOwnToSelf { get; init; }

    /// <summary>Identity similarity of the frames with B's vector to A: lower, where ê holds the person.</summary>
    public double? IdentitySwappedToSelf { get; init; }

    /// <summary>Identity similarity of the frames with B's vector to B.</summary>
    public double? IdentitySwappedToOther { get; init; }
}
