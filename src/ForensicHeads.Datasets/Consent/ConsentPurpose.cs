namespace ForensicHeads.Datasets.Consent;

/// <summary>The purposes for which the toolkit asks for consent; a record's scope may name others, for users' own rules.</summary>
public static class ConsentPurpose
{
    /// <summary>Driving a person by their own landmarks, and altering their own frames.</summary>
    public const string SelfReenactment = "self-reenactment";

    /// <summary>Driving a person by somebody else's landmarks.</summary>
    public const string CrossReenactment = "cross-reenactment";

    /// <summary>Research on the frames.</summary>
    public const string Research = "research";
}
