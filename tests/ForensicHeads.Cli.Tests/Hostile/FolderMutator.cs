using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ForensicHeads.Cli.Tests.Hostile;

/// <summary>Makes mutants of a good folder: damaged bytes, values exchanged for paths and nonsense, links, pipes, planted records. Mutant N
/// is always the same.</summary>
/// <param name="arena">The scratch tree; the mutant lies in <c>in</c>.</param>
/// <param name="good">The folder that mutants are made of.</param>
/// <param name="name">Names the stream of draws.</param>
internal sealed class FolderMutator(Arena arena, string good, string name)
{
    private static readonly string[] Planted =
        ["log.jsonl", "store.json", "detector.json", "run.json", "stats.jsonl", "thesis.mp4.json", "provenance.json", "manifest.csv",
        "attributes.json", ".lock"];

    /// <summary>Puts a mutant into <c>in</c> and says what was done to it.</summary>
    public string Make(int number)
    {
        var random = new SeededRandom(number, "folder mutants/" + name);
        if (Directory.Exists(arena["in"])) Directory.Delete(arena["in"], recursive: true);
        Arena.Copy(good, arena["in"]);
        var done = new List<string>();
        for (var i = random.NextInt(3); i >= 0; i--) done.Add(Change(random));
        return string.Join("; ", done);
    }

    private string Change(SeededRandom random)
    {
        var files = Directory.GetFiles(arena["in"], "*",
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(file => new FileInfo(file).Length > 0).Order(StringComparer.Ordinal).ToArray();
        var folders = Directory.GetDirectories(arena["in"], "*",
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0) return "nothing is left";
        var file = files[random.NextInt(files.Length)];
        var about = Path.GetRelativePath(arena["in"], file);
        switch (random.NextInt(9))
        {
            case 0:
                Damage(file, random);
                return $"{about} damaged";
            case 1:
                File.Delete(file);
                File.CreateSymbolicLink(file, Victim(random));
                return $"{about} is a link";
            case 2:
                File.Delete(file);
                File.CreateSymbolicLink(file, random.NextInt(2) == 0 ? "/dev/zero" : "/proc/self/mem");
                return $"{about} is endless";
            case 3:
                File.Delete(file);
                Arena.MakeFifo(file);
                return $"{about} is a pipe";
            case 4 when folders.Length > 0:
                var folder = folders[random.NextInt(folders.Length)];
                Directory.Delete(folder, recursive: true);
                Directory.CreateSymbolicLink(folder, arena["home"]);
                return $"{Path.GetRelativePath(arena["in"], folder)} is a link to a folder";
            case 5:
                var planted = arena["in/" + Planted[random.NextInt(Planted.Length)]];
                if (!Path.Exists(planted)) File.WriteAllText(planted, Record(random));
                return $"{Path.GetFileName(planted)} planted";
            case 6:
                var odd = arena["in"] + "/" + new[] { "a\u001b[2Jb", "a\nb", "-rf", "back\\slash", "\u202Etxt.exe" }[random.NextInt(5)];
                if (!Path.Exists(odd)) File.WriteAllText(odd, "x");
                return "an odd name";
            default:
                var texts = files.Where(one => one.EndsWith(".json", StringComparison.Ordinal)).ToArray();
                if (texts.Length == 0) return "no JSON";
                var text = texts[random.NextInt(texts.Length)];
                return $"{Path.GetRelativePath(arena["in"], text)}: {Exchange(text, random)}";
        }
    }

    private static void Damage(string file, SeededRandom random)
    {
        var bytes = File.ReadAllBytes(file);
        if (random.NextInt(4) == 0) bytes = bytes[..random.NextInt(bytes.Length)];
        else for (var i = 0; i < 1 + random.NextInt(8); i++) bytes[random.NextInt(bytes.Length)] ^= (byte)(1 << random.NextInt(8));
        File.WriteAllBytes(file, bytes);
    }

    private string Victim(SeededRandom random)
    {
        string[] all = ["home/thesis.txt", "home/private.json", "home/private.csv", "home/log.txt", "home"];
        return arena[all[random.NextInt(all.Length)]];
    }

    // One value of a document, however deep, becomes a path, null, a number beyond all bounds or a list.
    private string Exchange(string file, SeededRandom random)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(File.ReadAllText(file));
        }
        catch (JsonException)
        {
            return "no longer JSON";
        }

        var places = new List<(JsonNode Parent, string? Key, int At)>();
        Collect(root, places);
        if (places.Count == 0) return "nothing to exchange";
        var (parent, key, at) = places[random.NextInt(places.Count)];
        string[] texts =
            [arena["home/person"], "../../home/person", arena["home/thesis.txt"], "..", "a\u001b[2Jb\u202E", new string('x', 5000),
            "http://localhost:1/x", "p70000"];
        JsonNode? value = random.NextInt(6) switch
        {
            0 => null,
            1 => JsonValue.Create(random.NextInt(2) == 0 ? -1e300 : 4e9),
            2 => new JsonArray(JsonValue.Create(texts[random.NextInt(texts.Length)])),
            _ => JsonValue.Create(texts[random.NextInt(texts.Length)]),
        };
        if (parent is JsonObject map) map[key!] = value;
        else ((JsonArray)parent)[at] = value;
        File.WriteAllText(file, root!.ToJsonString());
        return string.Create(CultureInfo.InvariantCulture, $"{key ?? at.ToString(CultureInfo.InvariantCulture)} exchanged");
    }

    private static void Collect(JsonNode? node, List<(JsonNode, string?, int)> places)
    {
        if (node is JsonObject map)
        {
            foreach (var (key, value) in map)
            {
                places.Add((map, key, 0));
                Collect(value, places);
            }
        }
        else if (node is JsonArray list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                places.Add((list, null, i));
                if (i < 20) Collect(list[i], places);
            }
        }
    }

    private string Record(SeededRandom random) => CanonicalJson.ToLine(new
    {
        what = "start",
        facts = new { content_sha256 = new string('0', 64) },
        hash = new string('0', 64),
        identity = "p70000",
        driver_identity = "p70000",
        head_sha256 = "",
        files = new[] { new { file = "../home/thesis.txt", sha256 = Hashes.OfFile(arena["home/thesis.txt"]) } },
        identities = new Dictionary<string, string> { ["p70000"] = random.NextInt(2) == 0 ? "train" : Victim(random) },
        seed = 1,
    }) + "\n";
}
