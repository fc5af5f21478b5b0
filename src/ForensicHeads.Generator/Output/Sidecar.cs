using System.Text.Json;
using ForensicHeads.Foundation;

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
        var full = System.IO.Path.GetFullPath(file);
        var own = ExportOutput.SidecarOf(full);
        if (File.Exists(own)) return Read(own, full, sha256, speaksForOne: true);
        var shared = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(full)!, ExportOutput.FolderSidecar);
        return File.Exists(shared) ? Read(shared, full, sha256, speaksForOne: false) : new Sidecar(SidecarState.Missing, null, null);
    }

    private static Sidecar Read(string path, string file, string sha256, bool speaksForOne)
    {
        if (Parse(path) is not { } content) return new Sidecar(SidecarState.Unreadable, path, null);
        if (content.Files.Any(entry => entry?.Sha256 == sha256)) return new Sidecar(SidecarState.Matches, path, content);

        // A sidecar of one file is found by that file's name, so that it still speaks for it when both were renamed.
        var named = speaksForOne || content.Files.Any(entry => entry?.File == System.IO.Path.GetFileName(file));
        return named ? new Sidecar(SidecarState.Differs, path, content) : new Sidecar(SidecarState.Missing, null, null);
    }

    // Sidecars travel with files, so they come from outside like these.
    private static Provenance? Parse(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return stream.Length > MaximumBytes ? null : JsonSerializer.Deserialize<Provenance>(stream, CanonicalJson.Foreign);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
