using System.Text.Json;

namespace ForensicHeads.Testing;

/// <summary>The vectors that the programs of <c>tests/reference</c> wrote.</summary>
public static class Golden
{
    /// <summary>A document.</summary>
    public static JsonElement Load(string name) =>
        JsonDocument.Parse(File.ReadAllText(Repository.At(Path.Combine("tests", "reference", "golden", name)))).RootElement;

    /// <summary>A list of numbers.</summary>
    public static double[] Doubles(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];
}
