using System.Globalization;
using System.Text.Json.Nodes;

namespace ForensicHeads.Datasets.Exports;

/// <summary><c>croissant</c>: index and shards as they are, described in Croissant 1.1 (MLCommons) with the fields of responsible
/// AI.</summary>
/// <remarks>JSON-LD with what the specification demands and recommends. The index is a table of its own, and joined to the pictures in the
/// shards by their keys. Nothing says that a store is for all eyes: its licence is the list of its frames' licences.</remarks>
public sealed class CroissantExport : IStoreExport
{
    private const string Index = "index.parquet";

    // Terms of the format's own vocabulary; the others are schema.org's.
    private static readonly string[] Terms =
    [
        "annotation", "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "excludes", "extract", "field", "fileProperty",
        "fileObject", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path",
        "readLines", "recordSet", "references", "regex", "repeated", "replace", "samplingRate", "sdVersion", "separator", "source",
        "subField", "transform", "unArchive", "value",
    ];

    private static readonly (string Column, string Type, string About)[] Columns =
    [
        ("key", "sc:Text", "Name of the picture in its shard."), ("identity", "sc:Text", "The person."),
        ("video", "sc:Text", "The video."), ("frame_number", "sc:Integer", "Number in the source, from 0."),
        ("time_s", "sc:Float", "Time in the source, seconds."), ("label", "sc:Text", "real or generated."),
        ("generator", "sc:Text", "What made a generated frame."), ("licence", "sc:Text", "Licence of the source."),
        ("source_sha256", "sc:Text", "SHA-256 of the source file."),
    ];

    /// <inheritdoc/>
    public string Name => "croissant";

    /// <inheritdoc/>
    public string For => "index and shards with their description (Croissant 1.1)";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ExportPlan plan, ExportFolder folder)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(folder);
        var store = plan.Store;
        folder.Copy(Index);
        foreach (var shard in store.Info.Shards) folder.Copy($"shards/{shard.Name}");
        folder.Text("croissant.json", CanonicalJson.ToText(Describe(plan)));
        folder.Text("README.md", $"# {plan.Name}\n\n{DataSheet.Of(plan)}");
        return
        [
            "whole shards were copied: a split changes nothing here. To leave people out, make a store without them with 'datasets select'",
            "put your url, creator and citeAs into croissant.json before you publish; 'fill in' stands there",
        ];
    }

    private static JsonObject Describe(ExportPlan plan)
    {
        var store = plan.Store;
        var context = new JsonObject
        {
            ["@language"] = "en",
            ["@vocab"] = "https://schema.org/",
            ["sc"] = "https://schema.org/",
            ["cr"] = "http://mlcommons.org/croissant/",
            ["rai"] = "http://mlcommons.org/croissant/RAI/",
            ["dct"] = "http://purl.org/dc/terms/",
            ["conformsTo"] = "dct:conformsTo",
            ["data"] = new JsonObject { ["@id"] = "cr:data", ["@type"] = "@json" },
            ["dataType"] = new JsonObject { ["@id"] = "cr:dataType", ["@type"] = "@vocab" },
            ["examples"] = new JsonObject { ["@id"] = "cr:examples", ["@type"] = "@json" },
        };
        foreach (var term in Terms) context[term] = "cr:" + term;
        var people = plan.Sequences.Select(sequence => sequence.Frames[0].Identity).Distinct(StringComparer.Ordinal).Count();
        var generators = plan.Sequences.Select(sequence => sequence.Origin.Generator).OfType<string>().Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).ToArray();
        return new JsonObject
        {
            ["@context"] = context,
            ["@type"] = "sc:Dataset",
            ["conformsTo"] = new JsonArray("http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"),
            ["name"] = plan.Name,
            ["description"] = FormattableString.Invariant(
                $"{store.Count} face crops of {store.Info.Size} px of {people} people, real and by {generators.Length} generators."),
            ["license"] = store.Info.LicenceSummary.Length > 0 ? store.Info.LicenceSummary : "not stated",
            ["url"] = "https://example.org/fill-in",
            ["creator"] = new JsonObject { ["@type"] = "sc:Organization", ["name"] = "fill in" },
            ["citeAs"] = "fill in",
            ["datePublished"] = plan.Day.ToString("O", CultureInfo.InvariantCulture),
            ["version"] = "1.0.0",
            ["keywords"] = new JsonArray("deepfake detection", "talking heads", "face"),
            ["distribution"] = Distribution(store),
            ["recordSet"] = new JsonArray(Frames(), Labels()),
            ["rai:dataCollection"] = "Face crops, cut from video and photos by one rule: " + store.Info.CropSpecification,
            ["rai:dataCollectionType"] = new JsonArray("Secondary Data Analysis", "Software Collection"),
            ["rai:dataPreprocessingProtocol"] = new JsonArray(store.Info.EncodePath, string.Join(' ', store.Info.Arguments)),
            ["rai:machineAnnotationTools"] = new JsonArray([.. store.Info.Properties.Where(pair =>
                pair.Key is "face_detector" or "face_landmarks").Select(pair => (JsonNode)pair.Value)]),
            ["rai:dataUseCases"] = new JsonArray("training and evaluation of detectors of generated faces"),
            ["rai:dataLimitations"] = new JsonArray(
                "A detector that tells these classes apart need not carry to other generators or sources."),
            ["rai:dataBiases"] = new JsonArray("People, cameras and codecs are those of the sources; see the columns of the index."),
            ["rai:personalSensitiveInformation"] = new JsonArray("faces of people, under the names or numbers of their sources"),
            ["rai:dataSocialImpact"] = "Generated frames show people in scenes that never took place and must not be passed off as real.",
            ["rai:dataManipulationProtocol"] = generators.Length > 0 ? "Generated by " + string.Join(", ", generators) : "none",
        };
    }

    private static JsonArray Distribution(FrameStore store)
    {
        var files = new JsonArray(File(Index, store.Info.IndexSha256, "application/x-parquet"));
        foreach (var shard in store.Info.Shards) files.Add(File($"shards/{shard.Name}", shard.Sha256, "application/x-tar"));
        files.Add(new JsonObject
        {
            ["@type"] = "cr:FileSet",
            ["@id"] = "pictures",
            ["name"] = "pictures",
            ["containedIn"] = new JsonArray([.. store.Info.Shards.Select(shard => (JsonNode)new JsonObject
            {
                ["@id"] = $"shards/{shard.Name}",
            })]),
            ["encodingFormat"] = "image/png",
            ["includes"] = "*.png",
        });
        return files;

        static JsonObject File(string name, string? hash, string format) => new()
        {
            ["@type"] = "cr:FileObject",
            ["@id"] = name,
            ["name"] = name,
            ["contentUrl"] = name,
            ["encodingFormat"] = format,
            ["sha256"] = hash,
        };
    }

    private static JsonObject Frames()
    {
        var fields = new JsonArray();
        foreach (var (column, type, about) in Columns)
            fields.Add(Field(column, about, column == "label" ? new JsonArray(type, "cr:Label") : type, new JsonObject
            {
                ["fileObject"] = new JsonObject { ["@id"] = Index },
                ["extract"] = new JsonObject { ["column"] = column },
            }));
        var picture = Field("picture", "The crop.", "sc:ImageObject", new JsonObject
        {
            ["fileSet"] = new JsonObject { ["@id"] = "pictures" },
            ["extract"] = new JsonObject { ["fileProperty"] = "content" },
        });
        var name = Field("picture_key", "Name of the crop's file without its ending.", "sc:Text", new JsonObject
        {
            ["fileSet"] = new JsonObject { ["@id"] = "pictures" },
            ["extract"] = new JsonObject { ["fileProperty"] = "filename" },
            ["transform"] = new JsonObject { ["regex"] = "(.*)\\.png" },
        });
        name["references"] = new JsonObject { ["field"] = new JsonObject { ["@id"] = "frames/key" } };
        fields.Add(picture);
        fields.Add(name);
        return new JsonObject { ["@type"] = "cr:RecordSet", ["@id"] = "frames", ["name"] = "frames", ["field"] = fields };
    }

    private static JsonObject Labels() => new()
    {
        ["@type"] = "cr:RecordSet",
        ["@id"] = "labels",
        ["name"] = "labels",
        ["description"] = "What the column label may hold.",
        ["dataType"] = "sc:Enumeration",
        ["key"] = new JsonObject { ["@id"] = "labels/name" },
        ["field"] = new JsonArray(new JsonObject
        {
            ["@type"] = "cr:Field",
            ["@id"] = "labels/name",
            ["name"] = "name",
            ["dataType"] = "sc:Text",
        }),
        ["data"] = new JsonArray([.. new[] { Label.Real, Label.Generated }.Select(label =>
            (JsonNode)new JsonObject { ["labels/name"] = label.Text() })]),
    };

    private static JsonObject Field(string name, string about, JsonNode type, JsonObject source) => new()
    {
        ["@type"] = "cr:Field",
        ["@id"] = "frames/" + name,
        ["name"] = name,
        ["description"] = about,
        ["dataType"] = type,
        ["source"] = source,
    };
}
