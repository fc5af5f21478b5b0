using System.Text.Json;
using System.Text.Json.Nodes;

namespace ForensicHeads.Experiments.Configuration;

/// <summary>Reads experiment files.</summary>
public static class ExperimentFile
{
    /// <summary>The placeholder for the store named on the command line.</summary>
    public const string StoreParameter = "{store}";

    /// <summary>The demo: procedural heads, shipped weights.</summary>
    public static string DemoPath => Path.Combine(AppContext.BaseDirectory, "experiments", "demo.json");

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">The JSON file; comments and trailing commas are allowed.</param>
    /// <param name="store">The store that takes the place of <c>{store}</c>, or null.</param>
    /// <exception cref="UserErrorException">Missing file, wrong JSON, unknown or bad values.</exception>
    public static ExperimentConfig Read(string path, string? store)
    {
        ExperimentConfig config;
        try
        {
            var text = Today(PlainFile.Reading($"the experiment file {path}", () => PlainFile.ReadText(path), exitCode: 2));
            config = JsonSerializer.Deserialize<ExperimentConfig>(text, CanonicalJson.Foreign)
                ?? throw new JsonException("the file holds null");
            config = WithSeeds(config, text);
        }
        catch (JsonException error)
        {
            throw new UserErrorException(
                $"{path} is not a valid experiment file: {error.Describe()} See datasets/ for two examples.", exitCode: 2,
                inner: error);
        }

        if (config.Store == StoreParameter)
        {
            config = config
                with
            {
                Store = store
                ?? throw new UserErrorException($"{path} takes its store as a parameter: add --store STORE, a folder made by 'ingest'.",
                exitCode: 2)
            };
        }
        else if (store is not null)
        {
            throw new UserErrorException($"{path} names its own source; --store is for files that say \"store\": \"{StoreParameter}\".",
                exitCode: 2);
        }

        config = config with { Folder = FolderOf(path) };
        if (config.Split is { } split) config = config with { People = Split.Load(SplitPath(path, split)) };
        return config.Validated();
    }

    // Beside the experiment first, then where the command runs.
    private static string SplitPath(string experiment, string split) =>
        Path.Combine(FolderOf(experiment), split) is var beside && File.Exists(beside) ? beside : split;

    private static string FolderOf(string experiment) => Path.GetDirectoryName(Path.GetFullPath(experiment))!;

    // Files of earlier versions list the generators beside few-shot alone.
    private static string Today(string text)
    {
        var options = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
        if (JsonNode.Parse(text, documentOptions: options) is not JsonObject file || file.ContainsKey("generators")
            || file["attackers"] is not JsonArray others) return text;
        file.Remove("attackers");
        file["generators"] = new JsonArray([Generators.FewShot.Name, .. others.Select(one => one?.DeepClone())]);
        return file.ToJsonString();
    }

    /// <summary>A seed that is left out is the experiment's; one that nothing would heed is refused.</summary>
    private static ExperimentConfig WithSeeds(ExperimentConfig config, string text)
    {
        var file = JsonSerializer.Deserialize<JsonElement>(text, CanonicalJson.Foreign);
        bool SaysSeed(string part) => file.TryGetProperty(part, out var value) && value.ValueKind == JsonValueKind.Object
            && value.TryGetProperty("seed", out _);
        var seed = SaysSeed("detector") ? config.Detector.Seed : config.Seed;
        // The file that a run writes says all of them.
        if (SaysSeed("network") && config.Network.Seed != seed) throw new UserErrorException(FormattableString.Invariant(
            $"network.seed is {config.Network.Seed}, but the networks are taught with the detector's seed, {seed}. ")
            + "Leave it out, and set detector.seed.", exitCode: 2);
        if (config.Split is not null && config.Roles != new RoleCounts()) throw new UserErrorException(
            "roles and split are both given, and both say who does what. Keep one of them.", exitCode: 2);
        return config with
        {
            Adapt = SaysSeed("adapt") ? config.Adapt : config.Adapt with { Seed = config.Seed },
            Detector = config.Detector with { Seed = seed },
            Network = config.Network with { Seed = seed },
        };
    }
}
