namespace ForensicHeads.Datasets.Consent;

/// <summary>What one store holds of a person.</summary>
/// <param name="Store">The store.</param>
/// <param name="Shown">Frames whose identity is the person, real or generated.</param>
/// <param name="Driven">Frames of other people that a video of the person drove.</param>
/// <param name="Sidecars">JSON files beside the index that name the person.</param>
/// <param name="RejectedLines">Lines of <c>rejected.jsonl</c> that name the person.</param>
public sealed record RevocationFinding(FrameStore Store, IReadOnlyList<FrameRecord> Shown, IReadOnlyList<FrameRecord> Driven, IReadOnlyList<string> Sidecars, int RejectedLines)
{
    /// <summary>Whether the store holds nothing of the person.</summary>
    public bool IsEmpty => Shown.Count == 0 && Driven.Count == 0 && Sidecars.Count == 0 && RejectedLines == 0;
}
