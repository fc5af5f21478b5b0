using System.Text.Json;

namespace ForensicHeads.Detector.Tests;

/// <summary>The vectors that tests/reference/features.py wrote.</summary>
internal static class Golden
{
    public static JsonElement Load(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "tests", "reference", "golden", name);
            if (File.Exists(path)) return JsonDocument.Parse(File.ReadAllText(path)).RootElement;
        }

        throw new FileNotFoundException($"tests/reference/golden/{name} is not above {AppContext.BaseDirectory}; run tests/reference/features.py.");
    }

    public static double[] Doubles(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];
}
