namespace ForensicHeads.Detector.Foreign;

/// <summary>Which keys a kind of detector needs, and which it may have; <c>name</c>, <c>kind</c> and <c>licence</c> belong to all, and all
/// may have <c>version</c>, <c>trained_on</c> and <c>video_score</c>.</summary>
public static class DetectorFileKeys
{
    private static readonly string[] Everywhere = ["name", "kind", "licence", "version", "trained_on", "video_score"];

    /// <summary>The keys of a kind besides those of all.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The keys that it needs, and those that it may have.</returns>
    public static (IReadOnlyList<string> Needed, IReadOnlyList<string> Allowed) Of(DetectorKind kind) => kind switch
    {
        DetectorKind.Onnx => (["file", "sha256", "input", "crop", "output"], ["clip", "check", "frames"]),
        DetectorKind.Command => (["command"], ["folder", "environment", "wants", "timeout_seconds", "ignore", "frames"]),
        _ => (["file"], ["sha256", "table"]),
    };

    /// <summary>Refuses a key that is missing, and one that the kind has no use for.</summary>
    internal static void Check(DetectorFile file, IEnumerable<string> given, string source)
    {
        var (needed, allowed) = Of(file.Kind);
        var keys = given.ToHashSet(StringComparer.Ordinal);
        var kind = OptionCheck.Words(file.Kind.ToString());
        if (needed.FirstOrDefault(key => !keys.Contains(key)) is { } missing)
            throw new UserErrorException(
                $"{source}: the key {missing} is missing; a detector of kind {kind} needs {string.Join(", ", needed)}. Add it.",
                exitCode: 2);
        if (keys.Except([.. Everywhere, .. needed, .. allowed]).FirstOrDefault() is { } idle)
            throw new UserErrorException(
                $"{source}: the key {idle} means nothing to a detector of kind {kind}; allowed are "
                + $"{string.Join(", ", [.. Everywhere, .. needed, .. allowed])}. Take it out.", exitCode: 2);
    }
}
