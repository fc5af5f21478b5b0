using System.Text.Json;

namespace ForensicHeads.Generator.Output;

/// <summary>The sidecar found beside a file: <c>FILE.json</c>, or <c>provenance.json</c> of its folder.</summary>
/// <param name="State">What it says of the file.</param>
/// <param name="Path">Where it lies; null where there is none.</param>
/// <param name="Content">What it holds; null where it cannot be read.</param>
public sealed record Sidecar(SidecarState State, string? Path, Provenance? Content)
{
    /// <summary>Longest sidecar that is read, in bytes. A hundred thousand pictures have fewer.</summary>
    public const int MaximumBytes = 32 << 20;

    /// <summary>Looks beside a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="sha256">Its SHA-256.</param>
    public static Sidecar Find(string file, string sha256)
    {
        var place = ChosenPath.Of(file);
        var own = ExportOutput.SidecarOf(place.Name);
        if (PlainFile.IsThere(place.Folder, own)) return Read(place.Folder, own, place.Name, sha256, speaksForOne: true);
        return PlainFile.IsThere(place.Folder, ExportOutput.FolderSidecar)
            ? Read(place.Folder, ExportOutput.FolderSidecar, place.Name, sha256, speaksForOne: false)
            : new Sidecar(SidecarState.Missing, null, null);
    }

    private static Sidecar Read(string folder, string name, string file, string sha256, bool speaksForOne)
    {
        var path = System.IO.Path.Combine(folder, name);
        if (ContentOf(folder, name) is not { } content) return new Sidecar(SidecarState.Unreadable, path, null);
        if (content.Files.Any(entry => entry?.Sha256 == sha256)) return new Sidecar(SidecarState.Matches, path, content);

        // A sidecar of one file is found by that file's name, so that it still speaks for it when both were renamed.
        var named = speaksForOne || content.Files.Any(entry => entry?.File == file);
        return named ? new Sidecar(SidecarState.Differs, path, content) : new Sidecar(SidecarState.Missing, null, null);
    }

    /// <summary>What a sidecar holds; null for any other file. Sidecars travel with files, so they come from outside like these.</summary>
    public static Provenance? ContentOf(string folder, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<Provenance>(PlainFile.ReadBytes(folder, name, MaximumBytes), CanonicalJson.Foreign);
        }
        catch (Exception error)
            when (error is JsonException or NotSupportedException or IOException or UnauthorizedAccessException or UserErrorException)
        {
            return null;
        }
    }
}

/// <summary>What the sidecar of a file says of it.</summary>
public enum SidecarState
{
    /// <summary>There is none, or the one in the folder does not name the file.</summary>
    Missing,

    /// <summary>It names a file with this SHA-256.</summary>
    Matches,

    /// <summary>It names this file with another SHA-256.</summary>
    Differs,

    /// <summary>There is one, but not of a form that can be read.</summary>
    Unreadable,
}
