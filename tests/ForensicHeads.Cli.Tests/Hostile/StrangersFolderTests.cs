using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ForensicHeads.Cli.Tests.Hostile;

/// <summary>What a folder from others says of itself is no evidence: hashes, consent, logs, names and models.</summary>
public sealed class StrangersFolderTests(FolderAttackFixture made) : IClassFixture<FolderAttackFixture>, IDisposable
{
    private readonly Arena arena = new();

    public void Dispose() => arena.Dispose();

    [Fact]
    public async Task A_model_that_reads_a_file_when_it_is_opened_is_refused_before_it_is()
    {
        Arena.Copy(made.Cli["detector"], arena["in"]);
        PutModel(Reader(arena["vectors.txt"]));
        Arena.MakeFifo(arena["vectors.txt"]);
        var run = arena.Cli.Run("detect", "score", made.Cli["photo.png"], "--detector", arena["in"]);
        Assert.True(await Task.WhenAny(run, Task.Delay(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)) == run,
            "it waits at the pipe");
        var result = await run;
        Assert.Equal(1, result.Code);
        Assert.Contains("which no trainer of this toolkit writes", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_claims_another_hash_than_its_pictures_have_is_not_believed()
    {
        Arena.Copy(made.Cli["people"], arena["in"]);
        HostileStore.Edit(arena["in"], store => store["content_sha256"] = new string('a', 64));
        var result = await arena.Cli.Run("datasets", "merge", arena["in"], "--out", arena["out/merged"]);
        Assert.Equal(1, result.Code);
        Assert.Contains("its content hash is", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(arena["out/merged"]));
    }

    [Fact]
    public async Task A_flipped_byte_of_a_picture_is_found_when_its_shard_is_first_read()
    {
        Arena.Copy(made.Cli["people"], arena["in"]);
        var frame = FrameStore.Open(arena["in"]).Frames[3];
        var shard = File.ReadAllBytes(arena["in/shards/000000.tar"]);
        // In the middle of the picture's own bytes: the length of the shard stays what it was.
        shard[frame.Offset + (frame.Length / 2)] ^= 1;
        File.WriteAllBytes(arena["in/shards/000000.tar"], shard);
        foreach (string[] command in new string[][]
        {
            ["datasets", "select", arena["in"], "--out", arena["out/part"]],
                ["adapt", "--weights", made.Cli["tiny.safetensors"], "--shots-from", arena["in"] + ":p70001-v0", "--shots", "1", "--out",
                arena["out/head.safetensors"]],
        })
        {
            var result = await arena.Cli.Run(command);
            Assert.Equal(1, result.Code);
            Assert.Contains("000000.tar was changed after it was written", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_early_store_without_hashes_of_shards_still_opens_and_says_so_once()
    {
        Arena.Copy(made.Cli["people"], arena["in"]);
        HostileStore.Edit(arena["in"], store => store["shards"] = new JsonArray());
        var result = await arena.Cli.Succeed("datasets", "merge", arena["in"], "--out", arena["out/merged"]);
        Assert.Single(result.ErrorLines, line => line.Contains("notes no SHA-256", StringComparison.Ordinal));
        Assert.Equal(FrameStore.Open(made.Cli["people"]).ContentHash, FrameStore.Open(arena["out/merged"]).ContentHash);
        Assert.DoesNotContain("notes no SHA-256",
            (await arena.Cli.Succeed("datasets", "split", arena["out/merged"], "--out", arena["out/split.json"])).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consent_of_one_store_never_serves_a_person_of_another()
    {
        var people = FrameStore.Open(made.Cli["people"]);
        // A bystander who agreed to nothing is called as somebody who agreed to everything.
        using (var writer = StoreWriter.Create(arena["in"], people.Info with { Name = "bystanders" }))
        {
            foreach (var frame in people.FramesOf("p70000").Take(2)) writer
                .AddPng(frame with { Key = "b" + frame.Key, Video = "b" + frame.Video, SourceSha256 = "b", MayGenerate = true },
                people.ReadPng(frame));
            writer.Complete();
        }

        var result = await arena.Cli.Run("datasets", "merge", made.Cli["people"], arena["in"], "--out", arena["out/merged"]);
        Assert.Equal(1, result.Code);
        Assert.Contains("both hold 'p70000', with different consent records", result.Error, StringComparison.Ordinal);

        // A record of somebody who is not in its store serves nobody.
        using (var writer = StoreWriter.Create(arena["others"], people.Info with { Name = "others" }))
        {
            foreach (var frame in people.FramesOf("p70000").Take(2)) writer
                .AddPng(frame with { Key = "o" + frame.Key, Identity = "somebody", Video = "o" + frame.Video, SourceSha256 = "o" },
                people.ReadPng(frame));
            writer.WriteSidecar("consent.json", people.ReadSidecar("consent.json")!);
            writer.Complete();
        }

        await arena.Cli.Succeed("datasets", "merge", arena["in"], arena["others"], "--out", arena["out/merged"]);
        Assert.Empty(ConsentFile.Read(FrameStore.Open(arena["out/merged"])));
        // Parts of one ingest hold equal records of equal people.
        foreach (var part in new[] { "v0", "v1" })
        {
            using var writer = StoreWriter.Create(arena[part], people.Info with { Name = part });
            foreach (var frame in people.Frames.Where(frame => frame.Video.EndsWith(part, StringComparison.Ordinal))) writer.AddPng(
                frame, people.ReadPng(frame));
            writer.WriteSidecar("consent.json", people.ReadSidecar("consent.json")!);
            writer.Complete();
        }

        await arena.Cli.Succeed("datasets", "merge", arena["v0"], arena["v1"], "--out", arena["out/whole"]);
        Assert.Equal(CanonicalJson.ToText(ConsentFile.Read(people)),
            CanonicalJson.ToText(ConsentFile.Read(FrameStore.Open(arena["out/whole"]))));
    }

    [Fact]
    public async Task Revoking_deletes_no_file_that_a_planted_record_names()
    {
        Arena.Copy(made.Cli["people"], arena["people"]);
        var store = FrameStore.Open(arena["people"]);
        // Beside the user's own: a sidecar that names their thesis, a log, a detector and a training that claim their folders.
        File.WriteAllText(arena["home/clip.mp4.json"], Sidecar("thesis.txt", Hashes.OfFile(arena["home/thesis.txt"])));
        File.WriteAllText(arena["home/other.mp4.json"], Sidecar("private.json", new string('0', 64)));
        foreach (var folder in new[] { "work", "person/common" })
        {
            var log = new StringBuilder();
            log.Append(CanonicalJson
                .ToLine(new
                {
                    line = 1,
                    what = "input",
                    facts = new { content_sha256 = store.ContentHash },
                    prev = new string('0', 64),
                    hash = new string('0', 64)
                })).Append('\n');
            File.WriteAllText(arena[$"home/{folder}/log.jsonl"], log.ToString());
        }

        File.WriteAllText(arena["home/person/updates/detector.json"],
            Detector(store.ContentHash, Hashes.OfFile(arena["home/person/updates/thesis.txt"])));
        File.WriteAllText(arena["home/person/spare/run.json"],
            CanonicalJson.ToText(new { inputs = new { data_sha256 = store.ContentHash } }));
        // A chain that holds and lists the thesis with its true hash.
        using (var log = EvidenceLog.Open(arena["home/sealed"], TimeProvider.System, "results.json"))
        {
            File.Copy(arena["home/thesis.txt"], arena["home/sealed/thesis.txt"]);
            log.Append("input", new { content_sha256 = store.ContentHash });
            log.Close(TestContext.Current.CancellationToken);
        }

        arena.Settle();
        var planted = arena.Before.Keys.Where(name => !Path.GetFileName(name).StartsWith("detector", StringComparison.Ordinal)
            && !Path.GetFileName(name).StartsWith("run.json", StringComparison.Ordinal)).ToArray();
        var result =
            await arena.Cli.Run("datasets", "revoke", arena["people"], arena["home"], "--identity", "p70000", "--remove", "--json");
        Assert.Equal(0, result.Code);
        foreach (var name in planted) Assert.True(Path.Exists(arena["home/" + name]), $"{name} is gone");
        foreach (var (name, was) in arena.Before.Where(one => one.Key.EndsWith(".txt", StringComparison.Ordinal))) Assert.StartsWith(
            Hashes.OfFile(arena["home/" + name]), was, StringComparison.Ordinal);
        var left = result.Json.GetProperty("not_removed").EnumerateArray()
            .Select(one =>
                (Path: Path.GetRelativePath(arena["home"], one.GetProperty("path").GetString()!), Why: one.GetProperty("why").GetString()!))
            .ToArray();
        Assert.Contains(left, one => one.Path == "thesis.txt" && one.Why == "no export is a file of that kind");
        Assert.Contains(left, one =>
            one.Path == "work" && one.Why.Contains("so it is not known which files in it are ours", StringComparison.Ordinal));
        Assert.Contains(left, one => one.Path == "sealed/thesis.txt");
        Assert.Contains("not removed: ",
            (await arena.Cli.Run("datasets", "revoke", arena["people"], arena["home"], "--identity", "p70000", "--remove")).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_names_all_that_is_no_plain_file_of_the_log_and_forges_no_line()
    {
        Arena.Copy(made.Cli["report"], arena["in"]);
        await arena.Cli.Succeed("verify", arena["in"]);
        File.CreateSymbolicLink(arena["in/link.txt"], arena["home/thesis.txt"]);
        Directory.CreateSymbolicLink(arena["in/figures/more"], arena["home"]);
        Directory.CreateDirectory(arena["in/empty"]);
        Arena.MakeFifo(arena["in/pipe"]);
        await File.WriteAllTextAsync(arena["in/a\nhead: forged"], "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(arena["in/back\\slash"], "", TestContext.Current.CancellationToken);
        await Shell("printf x > \"$1\"/$'no-utf8-\\xff'");
        var run = arena.Cli.Run("verify", arena["in"]);
        Assert.True(await Task.WhenAny(run, Task.Delay(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)) == run,
            "it waits at the pipe");
        var result = await run;
        Assert.Equal(1, result.Code);
        foreach (var line in new[] { "link.txt was added: a link.", "figures/more was added: a link.", "empty was added: an empty folder.",
            "pipe was added: a pipe, socket or device.", "aU+000Ahead: forged was added.", "back\\slash was added.", "no-utf8-" })
            Assert.Contains(result.Output.Split('\n'), said =>
                line.EndsWith('.') ? said == line : said.StartsWith(line, StringComparison.Ordinal));
        Assert.DoesNotContain(result.Output.Split('\n'), said => said == "head: forged was added.");
        // .NET cannot name it, so it cannot remove it either.
        await Shell("rm \"$1\"/no-utf8-*");
        Assert.Null(arena.Harm());

        File.Move(arena["in/log.jsonl"], arena["log.jsonl"]);
        File.CreateSymbolicLink(arena["in/log.jsonl"], arena["log.jsonl"]);
        var linked = await arena.Cli.Run("verify", arena["in"]);
        Assert.Equal(1, linked.Code);
        Assert.Contains("log.jsonl is a link", linked.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_changed_between_an_interruption_and_its_resume_are_made_again()
    {
        File.WriteAllText(arena["experiment.json"], made.Experiment(train: 3));
        string[] run = ["experiment", "run", arena["experiment.json"], "--store", made.Cli["people"], "--out", arena["report"]];
        await arena.Cli.Succeed(run);
        var results = File.ReadAllBytes(arena["report/results.json"]);
        // As if the run had been killed before its last line: no list of files says what they were.
        var lines = File.ReadAllLines(arena["report/log.jsonl"]);
        File.WriteAllLines(arena["report/log.jsonl"],
            lines.TakeWhile(line => !line.Contains("\"what\":\"files\"", StringComparison.Ordinal)));
        var features = Directory.GetFiles(arena["report/work"], "features-*", SearchOption.AllDirectories);
        Assert.NotEmpty(features);
        foreach (var file in features) Tamper(file);
        await arena.Cli.Succeed(run);
        Assert.True(results.AsSpan().SequenceEqual(File.ReadAllBytes(arena["report/results.json"])), "changed values were sealed as good");
        // Untouched ones are taken as they are.
        File.WriteAllLines(arena["report/log.jsonl"],
            lines.TakeWhile(line => !line.Contains("\"what\":\"files\"", StringComparison.Ordinal)));
        var written = features.Select(File.GetLastWriteTimeUtc).ToArray();
        await arena.Cli.Succeed(run);
        Assert.Equal(written, features.Select(File.GetLastWriteTimeUtc));
        Assert.Equal(0, (await arena.Cli.Run("verify", arena["report"])).Code);
    }

    [Fact]
    public async Task Nothing_that_a_stranger_names_moves_a_cursor_or_runs_in_LaTeX()
    {
        const string Trap = "a\u001b[2J\u202Eb";
        Arena.Copy(made.Cli["people"], arena["in"]);
        HostileStore.Edit(arena["in"], store => (store["name"], store["licence_summary"], store["size"]) = (Trap, Trap, 31));
        var records = JsonNode.Parse(File.ReadAllText(arena["in/consent.json"]))!.AsArray();
        foreach (var record in records) (record!["contact"], record["expires"]) = (Trap, "2001-01-01");
        File.WriteAllText(arena["in/consent.json"], records.ToJsonString());
        Arena.Copy(made.Cli["report"], arena["report"]);
        HostileStore.EditJson(arena["report/results.json"], results =>
        {
            foreach (var row in results["accuracy_per_shot"]!.AsArray()) row!["detector"] = Trap + "\\input{/etc/passwd}";
        });
        Arena.Copy(made.Cli["detector"], arena["detector"]);
        HostileStore.EditJson(arena["detector/detector.json"], detector => (detector["remark"], detector["crop_contract"]) = (Trap, Trap));
        foreach (string[] command in new string[][]
{
            ["datasets", "merge", arena["in"], made.Cli["people"], "--out", arena["out/made"]],
                ["adapt", "--weights", made.Cli["tiny.safetensors"], "--shots-from", arena["in"] + ":p70001-v0", "--shots", "1", "--out",
                arena["out/head.safetensors"]],
            ["report", "table", arena["report"]], ["report", "table", arena["report"], "--json"],
                ["report", "table", arena["report"], "--condition", Trap],
            ["detect", "score", made.Cli["photo.png"], "--detector", arena["detector"]],
                ["detect", "score", made.Cli["photo.png"], "--detector", arena["detector"], "--json"],
                ["datasets", "split", arena["in"], "--name", Trap],
})
        {
            var result = await arena.Cli.Run(command);
            Assert.DoesNotContain(result.Output + result.Error, sign => sign is '\u001b' or '\u202e');
        }

        var latex = (await arena.Cli.Succeed("report", "table", arena["report"])).Output;
        Assert.Contains("aU+001B[2JU+202Eb\\textbackslash{}input\\{/etc/passwd\\}", latex, StringComparison.Ordinal);
        Assert.DoesNotContain("\\input{", latex, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.zip")]
    [InlineData("notes/thesis.txt")]
    public async Task Training_a_detector_overwrites_nothing_of_anybody_else(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(arena["own/" + file])!);
        File.WriteAllText(arena["own/" + file], "years of work");
        string[] train =
            ["detect", "train", "--real", made.Cli["people"], "--generated", made.Cli["fakes"], "--families", "dct_beta", "--trainer",
            "logistic", "--near-duplicates", "ignore", "--out", arena["own"]];
        var result = await arena.Cli.Run(train);
        Assert.Equal(2, result.Code);
        Assert.Equal("years of work", File.ReadAllText(arena["own/" + file]));

        // A detector of ours is replaced; one that holds something else besides is not.
        Directory.Delete(arena["own"], recursive: true);
        await arena.Cli.Succeed(train);
        await arena.Cli.Succeed(train);
        Directory.CreateDirectory(Path.GetDirectoryName(arena["own/" + file])!);
        File.WriteAllText(arena["own/" + file], "years of work");
        Assert.Equal(2, (await arena.Cli.Run(train)).Code);
        Assert.Equal("years of work", File.ReadAllText(arena["own/" + file]));
    }

    [Theory]
    [InlineData("stats.jsonl")]
    [InlineData("events.out.tfevents.1700000000.machine")]
    public async Task Training_a_generator_overwrites_nothing_of_anybody_else(string file)
    {
        Directory.CreateDirectory(arena["own"]);
        File.WriteAllText(arena["own/" + file], "weeks of work");
        var result = await arena.Cli
            .Run("train", "--data", made.Cli["people"], "--init", made.Cli["tiny.safetensors"], "--steps", "1", "--batch", "1", "--shots",
            "1", "--out", arena["own"]);
        Assert.Equal(1, result.Code);
        Assert.Contains($"it holds '{file}'", result.Error, StringComparison.Ordinal);
        Assert.Equal("weeks of work", File.ReadAllText(arena["own/" + file]));
    }

    [Theory]
    [InlineData("generator", null)]
    [InlineData("roles", null)]
    [InlineData("shots", null)]
    [InlineData("adapt", null)]
    [InlineData("conditions", null)]
    [InlineData("families", null)]
    [InlineData("detector", null)]
    [InlineData("network", null)]
    [InlineData("generators", null)]
    [InlineData("generators", "[null]")]
    [InlineData("detectors", "[null]")]
    [InlineData("families", "[null]")]
    [InlineData("ladder", "[null]")]
    [InlineData("name", null)]
    public async Task A_null_in_an_experiment_file_is_refused_by_the_name_of_its_field(string field, string? value)
    {
        var config = JsonNode.Parse(made.Experiment(train: 30))!.AsObject();
        config[field] = value is null ? null : JsonNode.Parse(value);
        File.WriteAllText(arena["experiment.json"], config.ToJsonString());
        var result =
            await arena.Cli.Run("experiment", "run", arena["experiment.json"], "--store", made.Cli["people"], "--out", arena["out/report"]);
        Assert.Equal(2, result.Code);
        Assert.Contains(field, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("defect", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Null_for_quality_means_no_network_as_the_README_says()
    {
        var config = JsonNode.Parse(made.Experiment(train: 30))!.AsObject();
        config["quality"] = null;
        File.WriteAllText(arena["experiment.json"], config.ToJsonString());
        var result =
            await arena.Cli.Run("experiment", "run", arena["experiment.json"], "--store", made.Cli["people"], "--out", arena["out/report"]);
        Assert.Contains("The roles need", result.Error, StringComparison.Ordinal);
    }

    // A model file as ML.NET writes it, whose loader opens a file of word vectors.
    private static byte[] Reader(string path)
    {
        File.WriteAllText(path, "one 1 2\ntwo 3 4\n");
        var context = new MLContext(0);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 4);
        var data = context.Data.LoadFromEnumerable([new Row()], schema);
        var model = context.Transforms.Text.TokenizeIntoWords("Words", nameof(Row.Text))
            .Append(context.Transforms.Text.ApplyWordEmbedding("Vectors", path, "Words")).Fit(data);
        using var stream = new MemoryStream();
        context.Model.Save(model, data.Schema, stream);
        File.Delete(path);
        return stream.ToArray();
    }

    private async Task Shell(string script)
    {
        using var shell = System.Diagnostics.Process.Start("bash", ["-c", script, "bash", arena["in"]]);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private void PutModel(byte[] model)
    {
        File.WriteAllBytes(arena["in/model.zip"], model);
        HostileStore.EditJson(arena["in/detector.json"], detector => detector["files"]!["model.zip"] = Hashes.Of(model));
    }

    // Whoever changes a value writes its hash, too; only the log knows better.
    private static void Tamper(string file)
    {
        var bytes = File.ReadAllBytes(file);
        // The rows of half of the frames.
        bytes.AsSpan(bytes.Length / 2).Clear();
        if (bytes[0] == '{')
        {
            var end = Array.IndexOf(bytes, (byte)'\n');
            var head = JsonNode.Parse(bytes.AsSpan(0, end))!.AsObject();
            head["sha256"] = Hashes.Of(bytes.AsSpan(end + 1));
            bytes = [.. Encoding.UTF8.GetBytes(head.ToJsonString()), .. bytes.AsSpan(end)];
        }

        File.WriteAllBytes(file, bytes);
    }

    private static string Sidecar(string file, string sha256) => JsonSerializer.Serialize(new
    {
        generator = "few-shot",
        tool_version = "0.1.0",
        weights_sha256 = "",
        head_sha256 = "",
        identity = "p70000",
        consent = new { identity = "p70000", basis = "synthetic", scope = new[] { "any" }, contact = "nobody" },
        mode = "ft",
        shots = 1,
        draw = 0,
        source_store_sha256 = "",
        source_video = "",
        driver_store_sha256 = "",
        driver_video = "",
        driver_identity = "p70000",
        frames = 1,
        files = new[] { new { file, sha256 } },
    });

    private static string Detector(string store, string thesis) => JsonSerializer.Serialize(new
    {
        options = new { },
        families = new[] { "dct_beta" },
        size = 32,
        training_stores = new Dictionary<string, string> { ["people"] = store },
        crop_contract = "none",
        files = new Dictionary<string, string> { ["thesis.txt"] = thesis },
    });

    private sealed class Row
    {
        public float[] Features { get; set; } = new float[4];

        public string Text { get; set; } = "one two";
    }
}
