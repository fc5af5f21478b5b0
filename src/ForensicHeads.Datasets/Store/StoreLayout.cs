using System.Buffers;
using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Store;

/// <summary>The names inside a store's folder.</summary>
internal static partial class StoreLayout
{
    public const string Manifest = "store.json";
    public const string Index = "index.parquet";
    public const string Rejected = "rejected.jsonl";
    public const string DataSheet = "datasheet.md";
    public const string Shards = "shards";
    public const string Splits = "splits";

    /// <summary>A ustar name holds 100 bytes; ".png" takes four of them.</summary>
    public const int MaximumKeyLength = 96;

    private static readonly SearchValues<char> KeyLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>store.json may carry fields that this build does not know: the format version decides, not a stray name.</summary>
    private static readonly JsonSerializerOptions Lenient =
        new(CanonicalJson.Indented) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip, RespectNullableAnnotations = true };

    public static string ShardName(int number) => number.ToString("D6", CultureInfo.InvariantCulture) + ".tar";

    public static string ShardEntry(int number) => $"{Shards}/{ShardName(number)}";

    public static bool IsShard(string name) => ShardPattern().IsMatch(name);

    public static string SplitEntry(string name) => $"{Splits}/{name}.json";

    public static bool IsKey(ReadOnlySpan<char> key) => key.Length is > 0 and <= MaximumKeyLength && !key.ContainsAnyExcept(KeyLetters);

    public static bool IsSidecar(string name) => SidecarPattern().IsMatch(name) && name != Manifest;

    public static StoreInfo ReadManifest(string store)
    {
        var path = Path.Combine(store, Manifest);
        if (!PlainFile.IsThere(store, Manifest))
        {
            throw new UserErrorException(
                $"{store} is not a store: it has no {Manifest}. Give a folder made by 'ingest', 'procedural', 'generate' or 'datasets "
                + "merge'; if that command was cut off, run it again.");
        }

        try
        {
            return JsonSerializer.Deserialize<StoreInfo>(PlainFile.ReadText(store, Manifest), Lenient)
                ?? throw new JsonException("the file holds null.");
        }
        catch (JsonException error)
        {
            throw new UserErrorException(
                $"{path} is not a valid store manifest: {error.Describe()} Make the store again.", inner: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"Cannot read {path}: {error.Message} Check the disk and the permissions.", inner: error);
        }
    }

    public static IReadOnlyList<RejectedInput> ReadRejected(string store)
    {
        var path = Path.Combine(store, Rejected);
        if (!PlainFile.IsThere(store, Rejected)) return [];
        try
        {
            return [.. PlainFile.ReadLines(store, Rejected).Where(line => line.Length > 0)
                .Select(line => JsonSerializer.Deserialize<RejectedInput>(line, Lenient) ?? throw new JsonException("null."))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"Cannot read {path}: {error.Message.TrimEnd('.')}. Check the disk and the permissions.",
                inner: error);
        }
        catch (JsonException error)
        {
            throw new UserErrorException(
                $"{path} holds a line that is no rejected input: {error.Describe()} Correct or remove the line.",
                inner: error);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]+\.json\z")]
    private static partial Regex SidecarPattern();

    [GeneratedRegex(@"^[0-9]{6}\.tar\z")]
    private static partial Regex ShardPattern();
}

/// <summary>One line of <c>rejected.jsonl</c>: an input, or a run of its frames, that was left out.</summary>
/// <param name="File">The input as the user named it.</param>
/// <param name="Identity">The person it was meant to show; null when unknown.</param>
/// <param name="Reason">Why it was left out, in one line.</param>
/// <param name="Remedy">What the user can do about it, in one line.</param>
/// <param name="FirstFrame">First frame left out, from 0; null when the whole input was.</param>
/// <param name="LastFrame">Last frame left out; null when the whole input was.</param>
public sealed record RejectedInput(string File, string? Identity, string Reason, string Remedy, int? FirstFrame = null,
    int? LastFrame = null);
