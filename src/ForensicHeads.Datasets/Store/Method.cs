using System.Text.Json;
using System.Text.Json.Serialization;

namespace ForensicHeads.Datasets.Store;

/// <summary>What made frames, as tables and figures list it: the few-shot generator's two modes by their mode, every other generator by its name.</summary>
[JsonConverter(typeof(MethodJson))]
public readonly record struct Method : IComparable<Method>
{
    private readonly string? name;

    /// <summary>Heads in a mode.</summary>
    public Method(Mode mode) => name = mode.Text();

    internal Method(string? generator, Mode? mode) => name = mode?.Text() ?? generator;

    /// <summary>Feed-forward heads.</summary>
    public static Method Ff { get; } = new(Store.Mode.Ff);

    /// <summary>Fine-tuned heads.</summary>
    public static Method Ft { get; } = new(Store.Mode.Ft);

    /// <summary>The mode of heads; null for other generators.</summary>
    public Mode? Mode => OriginText.ModeOf(name);

    /// <summary>Whether heads of the few-shot generator are meant, whose curve over the shot counts reports are about.</summary>
    public bool IsHead => Mode is not null;

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

        public override void Write(Utf8JsonWriter writer, Method value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
