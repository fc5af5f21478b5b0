namespace ForensicHeads.Datasets.Consent;

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
