using ForensicHeads.Datasets;

namespace ForensicHeads.Experiments.Withdrawal;

/// <summary>One thing that derives from a person.</summary>
/// <param name="Path">The file, or the folder that is one thing.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Why">How it is known to derive from the person, in words.</param>
/// <param name="Store">Of a store, what it holds of the person.</param>
public sealed record DerivedFile(string Path, DerivedKind Kind, string Why, RevocationFinding? Store = null)
{
    /// <summary>Whether it is a model that learnt from the person among others.</summary>
    public bool IsModel => Kind is DerivedKind.Detector or DerivedKind.Training;
}
