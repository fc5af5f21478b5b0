using System.Text.Json;
using System.Text.Json.Serialization;

namespace ForensicHeads.Datasets.Store;

/// <summary>The words of <see cref="FrameOrigin"/> in files, the one place where they are spelt.</summary>
public static class OriginText
{
    /// <summary>The generator whose heads tables list by their mode alone.</summary>
    public const string FewShot = "few-shot";

    /// <summary>In files and tables.</summary>
    public static string Text(this Label label) => label == Label.Real ? "real" : "generated";

    /// <summary>In files and tables.</summary>
    public static string Text(this Mode mode) => mode == Mode.Ff ? "ff" : "ft";

    /// <summary>In files and tables; empty where no budget plays a part.</summary>
    public static string Text(this Arm? arm) => arm switch { Arm.Epochs => "epochs", Arm.Updates => "updates", _ => "" };

    /// <summary>In files and tables.</summary>
    public static string Text(this Arm arm) => Text((Arm?)arm);

    /// <summary>In files and tables.</summary>
    public static string Text(this Level level) => level == Level.Frame ? "frame" : "video";

    /// <summary>Null for any other text.</summary>
    public static Label? LabelOf(string? text) => text switch { "real" => Label.Real, "generated" => Label.Generated, _ => null };

    /// <summary>Null for any other text.</summary>
    public static Mode? ModeOf(string? text) => text switch { "ff" => Mode.Ff, "ft" => Mode.Ft, _ => null };

    /// <summary>Null for any other text, the empty one among them.</summary>
    public static Arm? ArmOf(string? text) => text switch { "epochs" => Arm.Epochs, "updates" => Arm.Updates, _ => null };
}

/// <summary>An arm in JSON, empty where no budget plays a part.</summary>
public sealed class ArmJson : JsonConverter<Arm?>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override Arm? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString() switch
    {
        "" => null,
        var text =>
            OriginText.ArmOf(text)
            ?? throw new JsonException($"the arm '{text}' is not known; allowed are epochs, updates and an empty text."),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Arm? value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text());
}
