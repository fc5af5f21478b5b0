using System.Globalization;
using System.Text;

namespace ForensicHeads.Datasets.Exports;

/// <summary><c>huggingface</c>: an ImageFolder with a table beside each part and a card, as the library <c>datasets</c> reads it.</summary>
/// <remarks>Sources: huggingface/datasets (folder-based builders) and hub-docs (dataset cards). Parts are named in the card, since the
/// library would else guess them from folder names.</remarks>
public sealed class HuggingFaceExport : IStoreExport
{
    /// <inheritdoc/>
    public string Name => "huggingface";

    /// <inheritdoc/>
    public string For => "load_dataset(\"imagefolder\", …) of Hugging Face";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ExportPlan plan, ExportFolder folder)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(folder);
        foreach (var part in plan.Sequences.GroupBy(sequence => sequence.Part))
            folder.Table($"data/{part.Key}/metadata.csv", [.. part.SelectMany(sequence => folder.Frames(sequence, $"data/{part.Key}/")
                .Zip(sequence.Frames, (name, frame) => (name, sequence, frame)))]);
        folder.Text("README.md", Card(plan));
        return
        [
            "licences differ from row to row, so the card says 'other'; read the column licence before you publish anything",
        ];
    }

    private static string Card(ExportPlan plan)
    {
        var text = new StringBuilder();
        text.Append("---\n").Append("license: other\nlicense_name: see-column-licence\n").Append("pretty_name: ").Append(plan.Name)
            .Append("\ntags:\n- deepfake-detection\n- synthetic\ntask_categories:\n- image-classification\n")
            .Append("configs:\n- config_name: default\n  data_files:\n");
        foreach (var part in plan.Parts) text.Append(CultureInfo.InvariantCulture, $"  - split: {part}\n    path: data/{part}/**\n");
        text.Append("---\n\n# ").Append(plan.Name).Append("\n\n").Append(DataSheet.Of(plan));
        return text.ToString();
    }
}
