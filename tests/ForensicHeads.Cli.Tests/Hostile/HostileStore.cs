using System.Text;
using System.Text.Json.Nodes;

namespace ForensicHeads.Cli.Tests.Hostile;

/// <summary>Stores as a stranger writes them, with what no command of ours would put in.</summary>
internal static class HostileStore
{
    /// <summary>A copy of a store in which a person has another name, any name.</summary>
    /// <remarks>Names are exchanged in the bytes of the index, for the writer refuses them; so both must have one length, and the new one
    /// is drawn out.</remarks>
    public static void Rename(FrameStore store, string person, string name, string to)
    {
        // Letters that repeat would be packed, and not be found.
        var random = new SeededRandom(1, name);
        var stand = "q"
            + string.Concat(Enumerable.Range(1, Encoding.UTF8.GetByteCount(name) - 1).Select(_ => (char)('a' + random.NextInt(26))));
        using (var writer = StoreWriter.Create(to, store.Info with { Name = "from a stranger" }))
        {
            foreach (var frame in store.Frames) writer.AddPng(
                frame with { Identity = frame.Identity == person ? stand : frame.Identity }, store.ReadPng(frame));
            foreach (var sidecar in store.Sidecars) writer.WriteSidecar(
                sidecar, store.ReadSidecar(sidecar)!.Replace($"\"{person}\"", $"\"{stand}\"", StringComparison.Ordinal));
            writer.Complete();
        }

        var (from, into) = (Encoding.UTF8.GetBytes(stand), Encoding.UTF8.GetBytes(name));
        var index = File.ReadAllBytes(Path.Combine(to, "index.parquet"));
        var found = 0;
        for (var at = 0; index.AsSpan(at).IndexOf(from) is var next and >= 0; at += next + from.Length, found++) into.CopyTo(
            index.AsSpan(at + next));
        Assert.True(found > 0, "the name is not in the index as it is");
        File.WriteAllBytes(Path.Combine(to, "index.parquet"), index);
        Edit(to, root => root["index_sha256"] = null);
        foreach (var sidecar in store.Sidecars)
        {
            var file = Path.Combine(to, sidecar);
            File.WriteAllText(file,
                File.ReadAllText(file).Replace($"\"{stand}\"", JsonValue.Create(name).ToJsonString(), StringComparison.Ordinal));
        }
    }

    /// <summary>Changes <c>store.json</c>.</summary>
    public static void Edit(string store, Action<JsonObject> change) => EditJson(Path.Combine(store, "store.json"), change);

    /// <summary>Changes a JSON file.</summary>
    public static void EditJson(string file, Action<JsonObject> change)
    {
        var root = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        change(root);
        File.WriteAllText(file, root.ToJsonString());
    }
}
