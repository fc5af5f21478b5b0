using System.Text.Json;

namespace ForensicHeads.Datasets.Layouts.General;

/// <summary>What a row or a JSON object of a general format says of a file, under the names that people use.</summary>
/// <param name="fields">Values by the names of columns; the case of names does not count.</param>
internal sealed class SaidFields(IReadOnlyDictionary<string, string> fields)
{
    /// <summary>The words of a label that is a number, as a card names them; empty for none.</summary>
    public IReadOnlyList<string> LabelNames { get; init; } = [];

    /// <summary>The label, in words where a card tells them; null for none.</summary>
    public string? LabelText => Of(TableColumn.Label.Read) is { } text
        ? int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var at) && at >= 0 && at < LabelNames.Count
            ? LabelNames[at] : text
        : null;

    /// <summary>The value of the first of some columns that has one.</summary>
    public string? Of(params IReadOnlyList<string> names) => names.Select(name => fields.GetValueOrDefault(name)?.Trim())
        .FirstOrDefault(value => value is { Length: > 0 } and not "null");

    /// <summary>The fields of a JSON object, those inside of others by their own names.</summary>
    public static Dictionary<string, string> OfJson(JsonElement json)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Take(json);
        return fields;

        void Take(JsonElement one)
        {
            if (one.ValueKind != JsonValueKind.Object) return;
            foreach (var field in one.EnumerateObject())
            {
                if (field.Value.ValueKind == JsonValueKind.Object) Take(field.Value);
                else if (field.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null)) fields.TryAdd(field.Name,
                    field.Value.ToString());
            }
        }
    }

    /// <summary>The input with what is said of it; null, with the reason, where the label cannot be told.</summary>
    /// <param name="input">The file, of a person called as itself.</param>
    /// <param name="label">The label that its folder gives; null for none.</param>
    /// <param name="part">The part that its place gives; null for none.</param>
    public (IngestInput? Input, string? Fault) In(IngestInput input, Label? label, string? part)
    {
        if (LabelText is { } text)
        {
            if (DatasetWords.LabelOf(text) is not { } said) return (null, text.All(char.IsDigit)
                ? $"its label is {text}, and nothing says whether that is real or fake" : $"its label '{text}' is neither real nor fake");
            label = said;
        }

        if (label is null) return (null, "nothing says whether it is real or fake");
        var person = Of(TableColumn.Identity.Read);
        return (input with
        {
            Identity = person ?? input.Identity,
            Origin = label == Label.Real ? FrameOrigin.Real
                : new FrameOrigin { Label = Label.Generated, Generator = Of(TableColumn.Generator.Read) },
            Target = label == Label.Real ? null : Of("target_identity", "target_id", "target"),
            Source = label == Label.Real ? null : Of("source_identity", "source_id", "swapped_id"),
            Driver = label == Label.Real ? null : Of(TableColumn.Driver.Read),
            Compression = Of("compression", "quality"),
            OfficialSplit = Of(TableColumn.Part.Read) ?? part,
            Collection = Of(TableColumn.Collection.Read) ?? input.Collection,
            Licence = Of(TableColumn.Licence.Read) ?? input.Licence,
            Group = Of(TableColumn.Group.Read) ?? input.Group,
        }, null);
    }
}
