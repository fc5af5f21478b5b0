using System.Text.Json;
using DuckDB.NET.Data;

namespace ForensicHeads.Datasets.Tests;

public sealed class StoreExportTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_table_names_every_picture_which_is_the_stores_own()
    {
        var store = Store();
        var summary = Export("csv", store, Roles());
        Assert.Equal((7, 4), (summary.Frames, summary.Videos));
        Assert.Contains(summary.Notes, note => note.StartsWith("1 people whom the split does not name", StringComparison.Ordinal));
        var table = CsvReader.Read(folder["csv"], "metadata.csv");
        Assert.Equal(7, table.Rows.Count);
        foreach (var row in table.Rows)
        {
            var frame = Assert.Single(store.Frames, frame => frame.Identity == row["identity"] && frame.Video == row["video"]
                && $"{frame.FrameNumber}" == row["frame_number"] && frame.Origin.Label.Text() == row["label"]);
            Assert.Equal(store.ReadPng(frame).ToArray(), File.ReadAllBytes(Path.Combine(folder["csv"], row["file_name"]!)));
            Assert.Equal((frame.Origin.Generator ?? "", frame.Licence, frame.Group, frame.Condition ?? ""),
                (row["generator"], row["licence"], row["group"], row["condition"]));
        }

        Assert.Equal(["test", "train", "validation"], table.Rows.Select(row => row["split"]!).Distinct().Order());
        // Whole, and only once.
        Assert.Contains("holds something already", Assert.Throws<UserErrorException>(() => Export("csv", store, Roles())).Message,
            StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(folder.Path, "*.tmp-*"));
    }

    [Fact]
    public void An_image_folder_has_a_table_beside_each_part_and_a_card_that_names_the_parts()
    {
        Export("huggingface", Store(), Roles());
        var card = File.ReadAllText(Path.Combine(folder["huggingface"], "README.md"));
        foreach (var part in new[] { "train", "validation", "test" })
        {
            Assert.Contains($"  - split: {part}\n    path: data/{part}/**\n", card, StringComparison.Ordinal);
            var table = CsvReader.Read(Path.Combine(folder["huggingface"], "data", part), "metadata.csv");
            Assert.Equal("file_name", table.Header[0]);
            // The library wants exactly one row for every picture below, by its name relative to the table.
            Assert.Equal(Directory.GetFiles(Path.Combine(folder["huggingface"], "data", part), "*.png", SearchOption.AllDirectories)
                    .Select(file => Path.GetRelativePath(Path.Combine(folder["huggingface"], "data", part), file)).Order(),
                table.Rows.Select(row => row["file_name"]!).Order());
        }

        Assert.Contains("| few-shot ft | 1 | 2 |", card, StringComparison.Ordinal);
        Assert.Contains("| CC0-1.0 | 3 | 7 |", card, StringComparison.Ordinal);
    }

    [Fact]
    public void Deepfakebench_finds_every_class_part_video_and_frame()
    {
        var summary = Export("deepfakebench", Store(), Roles());
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["deepfakebench"], "bench.json")));
        // As its loader goes: data set, class, part, video; label, frames sorted by their number.
        var (frames, videos) = (0, new HashSet<string>());
        var data = json.RootElement.GetProperty("bench");
        Assert.Equal(["bench_few-shot", "bench_real"], data.EnumerateObject().Select(label => label.Name).Order());
        foreach (var label in data.EnumerateObject())
        {
            foreach (var part in new[] { "train", "val", "test" })
            {
                foreach (var video in label.Value.GetProperty(part).EnumerateObject())
                {
                    Assert.True(videos.Add(video.Name));
                    Assert.Equal(label.Name, video.Value.GetProperty("label").GetString());
                    var paths = video.Value.GetProperty("frames").EnumerateArray().Select(path => path.GetString()!).ToArray();
                    Assert.Equal(Enumerable.Range(0, paths.Length),
                        paths.Select(path => int.Parse(Path.GetFileNameWithoutExtension(path), null)));
                    Assert.All(paths, path =>
                    {
                        Assert.StartsWith("./bench/frames/", path, StringComparison.Ordinal);
                        Assert.True(File.Exists(Path.Combine(folder["deepfakebench"], path["./bench/".Length..])));
                        Assert.Equal(video.Name, Path.GetFileName(Path.GetDirectoryName(path)));
                    });
                    frames += paths.Length;
                }
            }
        }

        Assert.Equal((7, 4), (frames, videos.Count));
        Assert.Equal("label_dict:\n  bench_few-shot: 1\n  bench_real: 0\n",
            File.ReadAllText(Path.Combine(folder["deepfakebench"], "label_dict.yaml")));
        Assert.Contains(summary.Notes, note => note.Contains("bench_few-shot: 1, bench_real: 0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Croissant_has_what_the_specification_demands_and_every_reference_leads_somewhere()
    {
        var store = Store();
        Export("croissant", store, null);
        var path = folder["croissant"];
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(path, "croissant.json")));
        var root = json.RootElement;
        foreach (var needed in new[] { "@context", "@type", "conformsTo", "name", "description", "url", "license", "creator",
            "datePublished", "version", "keywords", "citeAs", "distribution", "recordSet" })
            Assert.True(root.TryGetProperty(needed, out _), needed);
        Assert.Equal("2026-01-02", root.GetProperty("datePublished").GetString());
        Assert.Equal(["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
            root.GetProperty("conformsTo").EnumerateArray().Select(one => one.GetString()!));
        var ids = new HashSet<string>();
        foreach (var file in root.GetProperty("distribution").EnumerateArray())
        {
            ids.Add(file.GetProperty("@id").GetString()!);
            Assert.True(file.TryGetProperty("encodingFormat", out _));
            if (file.GetProperty("@type").GetString() == "cr:FileSet") continue;
            // The hash of the file that lies there, which is the store's.
            Assert.Equal(Hashes.OfFile(Path.Combine(path, file.GetProperty("contentUrl").GetString()!)),
                file.GetProperty("sha256").GetString());
        }

        Assert.Superset(new HashSet<string> { "index.parquet", "shards/000000.tar", "shards/000001.tar", "pictures" }, ids);
        foreach (var set in root.GetProperty("recordSet").EnumerateArray())
        {
            ids.Add(set.GetProperty("@id").GetString()!);
            foreach (var field in set.GetProperty("field").EnumerateArray())
            {
                Assert.True(field.TryGetProperty("dataType", out _));
                ids.Add(field.GetProperty("@id").GetString()!);
            }
        }

        Assert.All(References(root.GetProperty("recordSet")).Concat(References(root.GetProperty("distribution"))),
            reference => Assert.Contains(reference, ids));
        // A column of the index is a column of the index.
        var columns = new HashSet<string>(await ParquetColumns(Path.Combine(path, "index.parquet")));
        Assert.All(root.GetProperty("recordSet")[0].GetProperty("field").EnumerateArray()
            .Select(field => field.GetProperty("source").GetProperty("extract"))
            .Where(extract => extract.TryGetProperty("column", out _)),
            extract => Assert.Contains(extract.GetProperty("column").GetString()!, columns));
        // Terms of the vocabulary are all in the context.
        var context = root.GetProperty("@context").EnumerateObject().Select(term => term.Name).ToHashSet();
        string[] own = ["source", "extract", "column", "fileSet", "fileObject", "fileProperty", "containedIn", "includes", "recordSet",
            "field", "references", "regex", "transform", "key", "citeAs"];
        Assert.Superset(own.ToHashSet(), context);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("huggingface")]
    public void What_went_out_comes_in_again_with_the_same_people_labels_and_parts(string form)
    {
        var store = Store();
        Export(form, store, Roles());
        var listing = DatasetLayouts.Read(folder[form], DatasetLayouts.Auto, null);
        Assert.Equal("huggingface", listing.Layout);
        Assert.Empty(listing.Rejected);
        Assert.Equal(
            store.Frames.Where(frame => frame.Identity != "d").Select(frame =>
                (frame.Identity, frame.Origin.Label, frame.Origin.Generator, frame.Licence)).Order(),
            listing.Inputs.Select(input => (input.Identity, input.Origin.Label, input.Origin.Generator, input.Licence)).Order());
        Assert.Equal(["test", "train", "validation"], listing.Inputs.Select(input => input.OfficialSplit!).Distinct().Order());
        // Nobody may be generated because a folder says so.
        Assert.DoesNotContain(listing.Inputs, input => input.MayGenerate);
    }

    [Fact]
    public void A_database_reads_the_tables_of_an_image_folder_with_the_same_people_labels_and_parts()
    {
        var (store, roles) = (Store(), Roles());
        Export("huggingface", store, roles);
        using var database = new DuckDBConnection("DataSource=:memory:");
        database.Open();
        using var command = database.CreateCommand();
        // Types are guessed, as by whoever reads such a table: a name must not become a number.
        command.CommandText = "SELECT identity, video, frame_number, label, generator, split, licence, may_generate "
            + $"FROM read_csv('{Path.Combine(folder["huggingface"], "data", "*", "metadata.csv")}', union_by_name = true, nullstr = '')";
        var found = new List<(string, string, long, string, string?, string, string, bool)>();
        using var rows = command.ExecuteReader();
        while (rows.Read()) found.Add((rows.GetString(0), rows.GetString(1), rows.GetInt64(2), rows.GetString(3),
            rows.IsDBNull(4) ? null : rows.GetString(4), rows.GetString(5), rows.GetString(6), rows.GetBoolean(7)));
        var parts = new Dictionary<SplitRole, string>
        {
            [SplitRole.Train] = "train",
            [SplitRole.Calibration] = "validation",
            [SplitRole.Test] = "test",
        };
        Assert.Equal(
            store.Frames.Where(frame => frame.Identity != "d").Select(frame => (frame.Identity, frame.Video, (long)frame.FrameNumber,
                frame.Origin.Label.Text(), frame.Origin.Generator, parts[roles.RoleOf(frame)!.Value], frame.Licence, frame.MayGenerate))
                .Order(),
            found.Order());
    }

    [Fact]
    public void A_name_that_is_no_path_and_a_split_of_strangers_are_refused()
    {
        var store = Store();
        var wrong = new ExportRequest { Store = store, Out = folder["x"], Name = "a b", Day = default };
        Assert.Contains("use letters, digits", Assert.Throws<UserErrorException>(() =>
            StoreExports.Run("csv", wrong, null, CancellationToken.None)).Message, StringComparison.Ordinal);
        Assert.Contains("names nobody of", Assert.Throws<UserErrorException>(() => Export("csv", store,
            new Split { Name = "s", Seed = 1, Identities = new Dictionary<string, SplitRole> { ["nobody"] = SplitRole.Train } })).Message,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["csv"]));
        // Without a split: that of the data set, in its own words.
        var summary = Export("csv", Store(official: "Val"), null);
        Assert.Equal(9, summary.Frames);
        Assert.Equal(["validation"], CsvReader.Read(folder["csv"], "metadata.csv").Rows.Select(row => row["split"]!).Distinct());
    }

    [Theory]
    [InlineData("testA", "test")]
    [InlineData("Evaluation", "test")]
    [InlineData("calibration", "validation")]
    [InlineData("training", "train")]
    public void Words_of_official_parts_mean_on_the_way_out_what_they_mean_on_the_way_in(string word, string part)
    {
        Export("csv", Store(official: word), null);
        Assert.Equal([part], Parts().Distinct());
    }

    [Fact]
    public void A_part_whose_name_says_nothing_is_left_out_and_never_trained_on()
    {
        Assert.Contains("parts called secret, which say nothing. Draw the line with --split",
            Assert.Throws<UserErrorException>(() => Export("csv", Store(official: "secret"), null)).Message, StringComparison.Ordinal);
        var store = TestStores.Write(folder["mixed"],
            [
                TestStores.Frame("a", "v1", 0) with { OfficialSplit = "secret" },
                TestStores.Frame("a", "v2", 0) with { OfficialSplit = "dev" },
            ]);
        var summary = Export("csv", store, null);
        Assert.Contains(summary.Notes, note => note.Contains("left out: secret;", StringComparison.Ordinal));
        Assert.Equal(["validation"], Parts());
    }

    [Fact]
    public void A_data_set_in_which_dev_is_what_is_trained_on_goes_out_so()
    {
        using (var writer = StoreWriter.Create(folder["dev"], TestStores.Info()))
        {
            writer.Add(TestStores.Frame("a", "v1", 0) with { OfficialSplit = "dev" }, TestStores.Picture("a"));
            writer.WriteSplit(Official("dev", SplitRole.Train));
            writer.Complete();
        }

        Export("csv", FrameStore.Open(folder["dev"]), null);
        Assert.Equal(["train"], Parts());
    }

    [Fact]
    public void A_person_in_two_parts_of_a_data_sets_own_split_goes_out_in_both()
    {
        var store = TestStores.Write(folder["both"],
            [TestStores.Frame("a", "v1", 0) with { OfficialSplit = "x" }, TestStores.Frame("a", "v2", 0) with { OfficialSplit = "y" }]);
        Export("csv", store, Official("x", SplitRole.Train, "y", SplitRole.Test));
        Assert.Equal(["train", "test"], Parts());
    }

    private IEnumerable<string> Parts() => CsvReader.Read(folder["csv"], "metadata.csv").Rows.Select(row => row["split"]!);

    private static Split Official(string part, SplitRole role, string other = "other", SplitRole otherRole = SplitRole.Test) => new()
    {
        Name = "own",
        Seed = 0,
        Identities = new Dictionary<string, SplitRole>(),
        Official = new OfficialParts([""], new Dictionary<string, SplitRole> { [part] = role, [other] = otherRole }),
    };

    private ExportSummary Export(string form, FrameStore store, Split? split) => StoreExports.Run(form,
        new ExportRequest { Store = store, Out = folder[form], Name = "bench", Day = new DateOnly(2026, 1, 2), Split = split }, null,
        TestContext.Current.CancellationToken);

    // Three real videos of three people and a fake of the first; d is in no part.
    private FrameStore Store(string? official = null) => TestStores.Write(folder[official ?? "store"],
        new[]
        {
            TestStores.Frame("a", "a/v, 1", 0), TestStores.Frame("a", "a/v, 1", 1), TestStores.Frame("b", "v\"2", 0),
            TestStores.Frame("b", "v\"2", 3), TestStores.Frame("c", "v3", 5), TestStores.Fake("a", "f1", 0, "a/v, 1"),
            TestStores.Fake("a", "f1", 1, "a/v, 1"), TestStores.Frame("d", "v4", 0), TestStores.Frame("d", "v4", 1),
        }.Select((frame, i) => frame with { Key = $"k{i}", OfficialSplit = official }), framesPerShard: 5);

    private static Split Roles() => new()
    {
        Name = "s",
        Seed = 1,
        Identities = new Dictionary<string, SplitRole>
        {
            ["a"] = SplitRole.Train,
            ["b"] = SplitRole.Calibration,
            ["c"] = SplitRole.Test,
            ["d"] = SplitRole.Generator,
        },
    };

    // Objects of an @id alone name something that is described elsewhere.
    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object when element.EnumerateObject().ToArray() is [{ Name: "@id" } one] => [one.Value.GetString()!],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(one => References(one.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static async Task<string[]> ParquetColumns(string path)
    {
        await using var reader = await Parquet.ParquetReader.CreateAsync(path);
        return [.. reader.Schema.Fields.Select(field => field.Name)];
    }
}
