namespace ForensicHeads.Experiments.Withdrawal;

/// <summary>One thing that derives from a person.</summary>
/// <param name="Path">The file, or the folder that is one thing.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Why">How it is known to derive from the person, in words.</param>
public sealed record DerivedFile(string Path, DerivedKind Kind, string Why)
{
    /// <summary>Of a store, what it holds of the person.</summary>
    public RevocationFinding? Store { get; init; }

    /// <summary>Of a folder, names of the files in it that a hash, a mark or the log confirms as ours; of a single file, null.</summary>
    public IReadOnlyList<string>? Files { get; init; }

    /// <summary>What a removal leaves, because nothing confirms that this toolkit made it.</summary>
    public IReadOnlyList<UnconfirmedFile> Left { get; init; } = [];

    /// <summary>Whether a removal takes anything of it.</summary>
    public bool IsRemovable => Files is { Count: > 0 } || (Files is null && Left.Count == 0);

    /// <summary>Whether it is a model that learnt from the person among others.</summary>
    public bool IsModel => Kind is DerivedKind.Detector or DerivedKind.Training;
}

/// <summary>A file or folder that a removal does not touch.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Why">Why not, in words without a full stop.</param>
public sealed record UnconfirmedFile(string Path, string Why);
