using System.Text.Json.Serialization;
using System.Text.Json;

namespace ForensicHeads.Datasets.Store;

/// <summary>Whether a camera saw a frame, or a program made it.</summary>
public enum Label
{
    /// <summary>Seen by a camera, or rendered as such.</summary>
    Real,

    /// <summary>Made by a generator.</summary>
    Generated,
}

/// <summary>Whether a head is used as predicted or fine-tuned (Zakharov et al. 2019, section 3.3).</summary>
public enum Mode
{
    /// <summary>Feed-forward: ψ̂ = P ê as it is.</summary>
    Ff,

    /// <summary>Fine-tuned on the shots.</summary>
    Ft,
}

/// <summary>How the number of fine-tuning steps follows from the shot count T.</summary>
public enum Arm
{
    /// <summary>The same number of epochs over the shots for every T, as in the paper.</summary>
    Epochs,

    /// <summary>The same number of generator updates for every T.</summary>
    Updates,
}

/// <summary>What is judged as one.</summary>
public enum Level
{
    /// <summary>A frame.</summary>
    Frame,

    /// <summary>All frames of one sequence.</summary>
    Video,
}

/// <summary>How a frame came to be: real, or generated, and then by what, from how many shots. Equal origins mean frames of one
/// kind.</summary>
public sealed record FrameOrigin
{
    /// <summary>Of every real frame.</summary>
    public static FrameOrigin Real { get; } = new() { Label = Label.Real };

    /// <summary>Real or generated.</summary>
    public required Label Label { get; init; }

    /// <summary>Name of the generator; null for real frames, and where nobody says.</summary>
    public string? Generator { get; init; }

    /// <summary>Feed-forward or fine-tuned; null for real frames and for generators that know no such difference.</summary>
    public Mode? Mode { get; init; }

    /// <summary>Number of shots T; null for real frames, and where shots play no part.</summary>
    public int? Shots { get; init; }

    /// <summary>Which draw of the shots, from 0; null as <see cref="Shots"/>.</summary>
    public int? Draw { get; init; }

    /// <summary>Budget of the fine-tuning; null where it plays no part: real frames, feed-forward heads, other generators.</summary>
    public Arm? Arm { get; init; }

    /// <summary>Which of several sets of weights: <c>g1</c>, <c>g2</c> …; empty where there is one, or where none plays a part.</summary>
    public string Weights { get; init; } = "";

    /// <summary>Whether the frame is real.</summary>
    public bool IsReal => Label == Label.Real;

    /// <summary>What made the frame; null for real frames.</summary>
    public Method? Method => IsReal ? null : new Method(Generator, Mode);

    /// <summary>Whether it shows a head of the few-shot generator, in either mode.</summary>
    public bool IsHead => Method is { IsHead: true };

    /// <summary>Made by a generator.</summary>
    public static FrameOrigin MadeBy(string generator) => new() { Label = Label.Generated, Generator = generator };
}

/// <summary>What made frames, as tables and figures list it: the few-shot generator's two modes by their mode, every other generator by its
/// name, with its mode behind where it has some.</summary>
[JsonConverter(typeof(MethodJson))]
public readonly record struct Method : IComparable<Method>
{
    private readonly string? name;

    /// <summary>Heads in a mode.</summary>
    public Method(Mode mode) => name = mode.Text();

    internal Method(string? generator, Mode? mode) =>
        name = mode is null ? generator : generator is null or OriginText.FewShot ? mode.Value.Text() : $"{generator} {mode.Value.Text()}";

    /// <summary>Feed-forward heads.</summary>
    public static Method Ff { get; } = new(Store.Mode.Ff);

    /// <summary>Fine-tuned heads.</summary>
    public static Method Ft { get; } = new(Store.Mode.Ft);

    /// <summary>The mode of heads; null for other generators.</summary>
    public Mode? Mode => OriginText.ModeOf(name);

    /// <summary>Whether heads of the few-shot generator are meant, whose curve over the shot counts reports are about.</summary>
    public bool IsHead => Mode is not null;

    /// <summary>The generator's name; empty for nothing.</summary>
    public string Generator
    {
        get
        {
            if (IsHead) return OriginText.FewShot;
            var cut = name?.LastIndexOf(' ') ?? -1;
            return cut > 0 && OriginText.ModeOf(name![(cut + 1)..]) is not null ? name[..cut] : name ?? "";
        }
    }

    /// <summary>The method that a file or a table calls so.</summary>
    public static Method Of(string text) => new(text, null);

    /// <summary>By text, ordinal.</summary>
    public int CompareTo(Method other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <summary>By text.</summary>
    public static bool operator <(Method left, Method right) => left.CompareTo(right) < 0;

    /// <summary>By text.</summary>
    public static bool operator >(Method left, Method right) => left.CompareTo(right) > 0;

    /// <summary>By text.</summary>
    public static bool operator <=(Method left, Method right) => left.CompareTo(right) <= 0;

    /// <summary>By text.</summary>
    public static bool operator >=(Method left, Method right) => left.CompareTo(right) >= 0;

    /// <summary>Its name in files and tables.</summary>
    public override string ToString() => name ?? "";

    private sealed class MethodJson : JsonConverter<Method>
    {
        public override Method Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Of(reader.GetString() ?? throw new JsonException("a mode is null."));

        public override void Write(Utf8JsonWriter writer, Method value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
