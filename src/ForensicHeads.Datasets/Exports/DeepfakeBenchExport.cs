using System.Text.Json.Nodes;

namespace ForensicHeads.Datasets.Exports;

/// <summary><c>deepfakebench</c>: frames in folders and the JSON from which DeepfakeBench (Yan et al. 2023) trains and tests.</summary>
/// <remarks>The form of its <c>dataset_json</c>: data set, class, part (<c>train</c>, <c>val</c>, <c>test</c>), video, then label and
/// frames. A class is the data set's name with <c>real</c> or the generator; frames are named by numbers, and a folder's name is nobody
/// else's, since it tells videos apart by that name alone.</remarks>
public sealed class DeepfakeBenchExport : IStoreExport
{
    /// <inheritdoc/>
    public string Name => "deepfakebench";

    /// <inheritdoc/>
    public string For => "training and testing with DeepfakeBench";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ExportPlan plan, ExportFolder folder)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(folder);
        var classes = new JsonObject();
        var labels = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var sequence in plan.Sequences)
        {
            var label = $"{plan.Name}_{(sequence.Origin.IsReal ? sequence.Origin.Label.Text()
                : FrameKey.Of(sequence.Origin.Generator ?? "unnamed"))}";
            labels[label] = sequence.Origin.IsReal ? 0 : 1;
            var parts = (JsonObject)(classes[label] ??= new JsonObject());
            // Its loader asks every class for every part.
            foreach (var part in ExportSequence.AllParts) parts[PartName(part)] ??= new JsonObject();
            parts[PartName(sequence.Part)]![sequence.Folder] = new JsonObject
            {
                ["label"] = label,
                ["frames"] = new JsonArray([.. folder.Frames(sequence, "frames/")
                    .Select(name => (JsonNode)$"./{plan.Name}/frames/{name}")]),
            };
        }

        folder.Text(plan.Name + ".json", CanonicalJson.ToText(new JsonObject { [plan.Name] = classes }));
        var fragment = string.Concat(labels.Select(label => $"  {label.Key}: {label.Value}\n"));
        folder.Text("label_dict.yaml", "label_dict:\n" + fragment);
        return
        [
            $"move the folder to DeepfakeBench's working folder as {plan.Name}, and {plan.Name}.json to its dataset_json_folder",
            "add to label_dict in its configuration (label_dict.yaml has it): "
                + string.Join(", ", labels.Select(label => $"{label.Key}: {label.Value}")),
        ];
    }

    private static string PartName(string part) => part == ExportSequence.Validation ? "val" : part;
}
