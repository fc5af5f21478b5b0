using System.Text.Json;

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
            config = JsonSerializer.Deserialize<ExperimentConfig>(PlainFile.ReadText(path), CanonicalJson.Foreign)
                ?? throw new JsonException("the file holds null");
        }
        catch (JsonException error)
        {
            throw new UserErrorException(
                $"{path} is not a valid experiment file: {error.Describe()} See datasets/ for two examples.", exitCode: 2,
                inner: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"Cannot read the experiment file {path}: {error.Message}", exitCode: 2, inner: error);
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

        return config.Validated();
    }
}
