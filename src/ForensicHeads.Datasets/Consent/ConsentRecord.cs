namespace ForensicHeads.Datasets.Consent;

/// <summary>Who may be generated, on what basis, for what and until when. Self-asserted: nobody checks it but the one who writes
/// it.</summary>
public sealed record ConsentRecord
{
    /// <summary>The scope of a record that allows every purpose; for rendered faces.</summary>
    public const string AnyPurpose = "any";

    /// <summary>The person, as the index names them.</summary>
    public required string Identity
    {
        get;
        init => field = IdentityName.Canonical(value);
    }

    /// <summary>The basis.</summary>
    public required ConsentBasis Basis { get; init; }

    /// <summary>The purposes allowed, such as <c>self-reenactment</c> and <c>research</c>; <see cref="AnyPurpose"/> allows all.</summary>
    public required IReadOnlyList<string> Scope { get; init; }

    /// <summary>The last day (UTC) on which the record holds; null when it does not end.</summary>
    public DateOnly? Expires { get; init; }

    /// <summary>Where to write to withdraw it.</summary>
    public required string Contact { get; init; }
}

/// <summary>On what basis a person's face may be generated.</summary>
public enum ConsentBasis
{
    /// <summary>The person agreed.</summary>
    Consent,

    /// <summary>The licence of the material names altered use.</summary>
    Licence,

    /// <summary>There is no person: the face was rendered.</summary>
    Synthetic,
}
