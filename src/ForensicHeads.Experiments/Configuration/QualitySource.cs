using System.Text.Json;
using System.Text.Json.Serialization;

namespace ForensicHeads.Experiments.Configuration;

/// <summary>The networks that measure the quality of made frames.</summary>
public sealed record QualitySource
{
    /// <summary>No network: quality is not measured beyond the pixels.</summary>
    public static QualitySource None { get; } = new() { Judge = null, Landmarks = null };

    /// <summary>Judge of identity, whose features KID and FID are taken in: name of shipped weights or a path; null for none.</summary>
    public string? Judge { get; init; } = "identity-judge-64";

    /// <summary>Landmark finder: name of shipped weights or a path; null for none.</summary>
    public string? Landmarks { get; init; } = "landmarks-64";

    /// <summary>Reads <c>null</c> as <see cref="None"/>.</summary>
    internal sealed class NullIsNone : JsonConverter<QualitySource>
    {
        public override bool HandleNull => true;

        public override QualitySource Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? None : JsonSerializer.Deserialize<QualitySource>(ref reader, options)!;

        public override void Write(Utf8JsonWriter writer, QualitySource value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, options);
    }
}
