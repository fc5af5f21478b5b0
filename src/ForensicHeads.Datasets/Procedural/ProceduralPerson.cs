using System.Globalization;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>Somebody who does not exist: an identity drawn from a seed.</summary>
public sealed class ProceduralPerson
{
    private readonly Lock building = new();
    private readonly WeakReference<HeadModel?> model = new(null);

    private ProceduralPerson(int index, HeadTraits traits, RendererVersion renderer)
    {
        Index = index;
        Renderer = renderer;
        Traits = traits;
        Name = string.Create(CultureInfo.InvariantCulture, $"p{index:D5}");
        Attributes = new HeadAttributes
        {
            SkinTone = traits.Tone < 1 / 3f ? "dark" : traits.Tone < 2 / 3f ? "medium" : "light",
            SkinToneValue = Math.Round(traits.Tone, 4),
            Sex = traits.Female ? "female" : "male",
            Age = traits.Age < 0.4f ? "young" : traits.Age < 0.7f ? "middle" : "old",
            Glasses = traits.Glasses,
            Beard = traits.Beard > 0,
            HairStyle = traits.Style.ToString().ToLowerInvariant(),
        };
    }

    /// <summary>Number within the data set.</summary>
    public int Index { get; }

    /// <summary>The number as a name: <c>p00012</c>.</summary>
    public string Name { get; }

    /// <summary>What the sidecar says.</summary>
    public HeadAttributes Attributes { get; }

    /// <summary>How the person is drawn; everything else is the same for both.</summary>
    public RendererVersion Renderer { get; }

    internal HeadTraits Traits { get; }

    /// <summary>The person number <paramref name="index"/> of the data set with this seed. Cheap; meshes are built at the first
    /// frame.</summary>
    public static ProceduralPerson Create(long seed, int index, RendererVersion renderer = RendererVersion.Heads1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new ProceduralPerson(index,
            HeadTraits.Create(new SeededRandom(seed, FormattableString.Invariant($"procedural/person/{index}"))), renderer);
    }

    // Some megabytes: kept alive by the videos that render it, so that a list of a thousand people stays small.
    internal HeadModel Model()
    {
        lock (building)
        {
            if (model.TryGetTarget(out var built)) return built;
            built = new HeadModel(Traits, Renderer);
            model.SetTarget(built);
            return built;
        }
    }
}

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
