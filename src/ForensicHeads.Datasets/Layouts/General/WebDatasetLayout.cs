using System.Formats.Tar;
using System.Text.Json;

namespace ForensicHeads.Datasets.Layouts.General;

/// <summary>WebDataset: tar archives in which the members of a sample follow each other under one key, the name up to its first
/// dot.</summary>
public sealed class WebDatasetLayout() : PublishedLayout("webdataset", "WebDataset", "train-000000.tar with <key>.mp4 and <key>.json",
    "as its samples say")
{
    private const long MostJson = 1 << 20;
    private const string Advice = "Write the shard again.";

    /// <inheritdoc/>
    public override string? Recognise(DatasetTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree.Has("store.json") ? null : Shards(tree).FirstOrDefault(file => Members(tree, file, _ => { }).Take(64)
            .GroupBy(member => member.Key).Any(sample => sample.Any(member => member.IsMedia) && sample.Any(member => !member.IsMedia)));
    }

    /// <inheritdoc/>
    protected override void Read(DatasetReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        foreach (var shard in Shards(reading.Tree))
        {
            reading.Used(shard);
            var (keys, members) = (new HashSet<string>(StringComparer.Ordinal), new List<Member>());
            foreach (var member in Members(reading.Tree, shard, fault => reading.Reject(shard, null, fault, "Download it again.")))
            {
                if (members.Count > 0 && members[0].Key != member.Key) Take(reading, shard, members, keys);
                members.Add(member);
            }

            if (members.Count > 0) Take(reading, shard, members, keys);
        }
    }

    private static IEnumerable<string> Shards(DatasetTree tree) =>
        tree.Files.Where(file => file.EndsWith(".tar", StringComparison.OrdinalIgnoreCase));

    private static void Take(DatasetReading reading, string shard, List<Member> sample, HashSet<string> keys)
    {
        Member[] members = [.. sample];
        sample.Clear();
        var (name, key) = ($"{shard}/{members[0].Key}", members[0].Key);
        if (!keys.Add(key)) reading.Reject(name, null, "its members do not follow each other", Advice);
        else if (members.DistinctBy(member => member.Field).Count() < members.Length)
            reading.Reject(name, null, "two of its members have one ending", Advice);
        else if (members.FirstOrDefault(member => member.IsMedia) is { } media) Take(reading, shard, name, media, members);
        else reading.Leave(name, "a sample without pictures");
    }

    private static void Take(DatasetReading reading, string shard, string name, Member media, Member[] members)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in members.Where(member => member.Text is not null))
        {
            if (member.Field != "json") fields.TryAdd(member.Field == "cls" ? "label" : member.Field, member.Text!);
            else if (Json(member.Text!) is { } json) foreach (var (field, value) in json) fields[field] = value;
            else reading.Note("samples have a JSON that cannot be read", [name]);
        }

        var file = $"{name}.{media.Field}";
        var input = reading.Input(file, media.Key.Replace('/', '-')) with
        {
            FullPath = reading.Tree.FullPath(shard),
            Member = new TarMember(media.Offset, media.Length),
        };
        var (said, fault) = new SaidFields(fields).In(input, null, reading.Tree.PartOf(shard));
        if (media.Length == 0) reading.Reject(file, null, "the file is empty (0 bytes)", Advice);
        else if (said is null) reading.Reject(file, null, fault!, "Put the label in words into its JSON.");
        else reading.Add(said);
    }

    private static Dictionary<string, string>? Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return SaidFields.OfJson(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<Member> Members(DatasetTree tree, string shard, Action<string> broken)
    {
        using var stream = Open(tree, shard, broken);
        if (stream is null) yield break;
        using var reader = new TarReader(stream);
        while (Next(reader, broken) is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)) continue;
            var path = entry.Name.TrimStart('.', '/');
            var (at, name) = (path.LastIndexOf('/') + 1, Path.GetFileName(path));
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            if (dot <= 0 || LeftOutFile.Hidden(path) is not null || (name.StartsWith("__", StringComparison.Ordinal)
                && name[..dot].EndsWith("__", StringComparison.Ordinal))) continue;
            var field = name[(dot + 1)..].ToLowerInvariant();
            if (entry.DataOffset + entry.Length > stream.Length)
            {
                broken("the archive ends in the middle of " + path);
                yield break;
            }

            yield return new Member(path[..(at + dot)], field, entry.DataOffset, entry.Length,
                field is "json" or "cls" or "txt" && entry.Length <= MostJson && entry.DataStream is { } text ? Text(text) : null);
        }
    }

    private static FileStream? Open(DatasetTree tree, string shard, Action<string> broken)
    {
        try
        {
            return PlainFile.Open(tree.FullPath(shard));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or UserErrorException)
        {
            broken($"it cannot be read: {error.Message.TrimEnd('.')}");
            return null;
        }
    }

    private static TarEntry? Next(TarReader reader, Action<string> broken)
    {
        try
        {
            return reader.GetNextEntry();
        }
        catch (Exception error) when (error is IOException or InvalidDataException or FormatException)
        {
            broken($"the archive is cut or damaged: {error.Message.ReplaceLineEndings(" ").TrimEnd('.')}");
            return null;
        }
    }

    private static string Text(Stream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        return reader.ReadToEnd().Trim();
    }

    private sealed record Member(string Key, string Field, long Offset, long Length, string? Text)
    {
        public bool IsMedia => MediaFolder.IsNamedLikeMedia("a." + Field);
    }
}
