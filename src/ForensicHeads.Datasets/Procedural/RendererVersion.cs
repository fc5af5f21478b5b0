using System.Text.Json.Serialization;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>How heads are drawn. Each version's pixels stay as they are; people, movements and landmarks are the same in all.</summary>
public enum RendererVersion
{
    /// <summary>Smooth light on painted skin, without shadows.</summary>
    [JsonStringEnumMemberName("heads-1")]
    Heads1,

    /// <summary>Shadows, light below the skin, pores, single hairs, teeth and tongue, and a lens with a depth of field.</summary>
    [JsonStringEnumMemberName("heads-2")]
    Heads2,
}

/// <summary>The names of the versions, by which renders are keyed and chosen.</summary>
public static class RendererVersions
{
    /// <summary>All, in the order of the versions.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Enum.GetValues<RendererVersion>().Select(version => CanonicalJson.ToLine(version).Trim('"'))];

    /// <summary>The name of a version.</summary>
    public static string NameOf(RendererVersion version) => Names[(int)version];

    /// <summary>The version of a name among <see cref="Names"/>.</summary>
    public static RendererVersion Of(string name) => Enum.GetValues<RendererVersion>().Single(version => NameOf(version) == name);
}
