namespace ForensicHeads.Datasets.Procedural;

/// <summary>What a sidecar says about a procedural person.</summary>
public sealed record HeadAttributes
{
    /// <summary><c>light</c>, <c>medium</c> or <c>dark</c>: <see cref="SkinToneValue"/> in thirds.</summary>
    public required string SkinTone { get; init; }

    /// <summary>Skin tone, 0 (darkest) … 1 (lightest).</summary>
    public required double SkinToneValue { get; init; }

    /// <summary><c>female</c> or <c>male</c>.</summary>
    public required string Sex { get; init; }

    /// <summary><c>young</c>, <c>middle</c> or <c>old</c>.</summary>
    public required string Age { get; init; }

    /// <summary>Whether glasses are worn, in every video.</summary>
    public required bool Glasses { get; init; }

    /// <summary>Whether there is a full beard.</summary>
    public required bool Beard { get; init; }

    /// <summary>The hair style's name, in lower case.</summary>
    public required string HairStyle { get; init; }
}
