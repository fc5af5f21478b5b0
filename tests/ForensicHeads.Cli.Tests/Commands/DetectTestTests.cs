namespace ForensicHeads.Cli.Tests.Commands;

/// <summary>From people to the plot of one's own detector, on the command line.</summary>
public sealed class DetectTestTests : IAsyncLifetime
{
    private readonly TestCli cli = new();

    public async ValueTask InitializeAsync()
    {
        await cli.Succeed("procedural", "--identities", "8", "--videos", "2", "--frames", "4", "--size", "32", "--out", cli["people"]);
        await cli.Succeed("datasets", "fakes", cli["people"], "--methods", "self-blend", "--driver-frames", "4", "--out", cli["fakes"]);
        await cli.Succeed("datasets", "split", cli["people"], "--generator", "0", "--train", "3", "--validation", "2", "--calibration", "0",
            "--test", "3", "--out", cli["split.json"]);
        foreach (var (name, trainer) in new[] { ("first", "logistic"), ("second", "lightgbm") })
            await cli.Succeed("detect", "train", "--real", cli["people"], "--generated", cli["fakes"], "--split", cli["split.json"],
                "--trainer", trainer, "--trees", "5", "--out", cli[name]);
    }

    public ValueTask DisposeAsync()
    {
        cli.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Detectors_are_tested_side_by_side_on_the_splits_test_people()
    {
        var result = await cli.Succeed("detect", "test", "--detector", cli["first"], cli["second"], "--real", cli["people"], "--generated",
            cli["fakes"], "--split", cli["split.json"], "--conditions", "clean", "jpeg-50", "--by", "generator", "--out", cli["test"],
            "--json");
        var rows = result.Json.GetProperty("tests").EnumerateArray().Where(row => row.GetProperty("level").GetString() == "video")
            .ToArray();
        Assert.Equal(["first clean -", "first clean self-blend", "first jpeg-50 -", "first jpeg-50 self-blend", "second clean -",
                "second clean self-blend", "second jpeg-50 -", "second jpeg-50 self-blend"],
            rows.Select(row =>
                $"{row.GetProperty("detector")} {row.GetProperty("condition")} {row.GetProperty("generator").GetString() ?? "-"}"));
        Assert.All(rows, row => Assert.Equal((3, 6), (row.GetProperty("n_identities").GetInt32(), row.GetProperty("n_real").GetInt32())));
        Assert.Contains("detector  condition  fakes", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await cli.Run("verify", cli["test"])).Code);
        var table = await cli.Succeed("report", "table", cli["test"], "--format", "markdown");
        Assert.Contains("| first | clean | everything | 3 | 6 |", table.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await cli.Run("report", cli["test"])).Code);
    }

    [Fact]
    public async Task Without_a_split_whoever_is_new_to_all_detectors_is_tested()
    {
        var result = await cli.Succeed("detect", "test", "--detector", cli["first"], "--real", cli["people"], "--generated", cli["fakes"],
            "--out", cli["test"], "--json");
        Assert.Equal(3, result.Json.GetProperty("counts").GetProperty("n_identities").GetInt32());
    }

    [Theory]
    [InlineData("choose from generator, mode, shots, condition", "--by", "maker")]
    [InlineData("learnt from", "--split", "other.json")]
    [InlineData("Did you mean jpeg-50?", "--conditions", "jpeg-51")]
    public async Task What_would_say_nothing_is_refused(string words, string option, string value)
    {
        await cli.Succeed("datasets", "split", cli["people"], "--generator", "0", "--train", "0", "--validation", "0", "--calibration", "0",
            "--test", "8", "--out", cli["other.json"]);
        var result = await cli.Run("detect", "test", "--detector", cli["first"], "--real", cli["people"], "--generated", cli["fakes"],
            "--out", cli["test"], option, value.EndsWith("json", StringComparison.Ordinal) ? cli[value] : value);
        Assert.NotEqual(0, result.Code);
        Assert.Contains(words, result.ErrorLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_labels_gives_accuracy_and_AUC_and_a_table_of_its_files()
    {
        var models = SharedData.Models;
        foreach (var (name, label) in new[] { ("a", "real"), ("b", "real"), ("c", "fake"), ("d", "fake") })
            await PutPhoto(cli[$"files/{label}/{name}.png"], name[0]);
        await File.WriteAllTextAsync(cli["files/notes.txt"], "words", TestContext.Current.CancellationToken);
        var result = await cli.Succeed("detect", "score", cli["files"], "--detector", cli["first"], "--models", models, "--report",
            cli["scores"], "--json");
        var row = result.Json.GetProperty("tests").EnumerateArray().First();
        Assert.Equal(("first", "video", 2, 2, 4), (row.GetProperty("detector").GetString(), row.GetProperty("level").GetString(),
            row.GetProperty("n_real").GetInt32(), row.GetProperty("n_generated").GetInt32(), row.GetProperty("n_identities").GetInt32()));
        Assert.True(File.Exists(cli["scores/labels/figures/test-groups.clean.png"]));
        Assert.Equal(0, (await cli.Run("verify", cli["scores"])).Code);
        Assert.Contains("before you read a verdict: Nobody has said how this detector does", result.Error, StringComparison.Ordinal);

        var csv = await cli.Succeed("detect", "score", cli["files"], "--detector", cli["first"], "--models", models, "--format", "csv");
        var table = FigureTable.Parse("scores", csv.Output);
        Assert.Equal(["generated", "generated", "real", "real"], Enumerable.Range(0, 4).Select(i => table.Text(i, "label")));
        Assert.Equal(["1", "1", "1", "1"], Enumerable.Range(0, 4).Select(i => table.Text(i, "frames")));
        await cli.Succeed("detect", "score", cli["files"], "--detector", cli["first"], "--models", models, "--format", "parquet", "--out",
            cli["scores.parquet"]);
        Assert.Equal("PAR1"u8.ToArray(), (await File.ReadAllBytesAsync(cli["scores.parquet"], TestContext.Current.CancellationToken))[..4]);
        var refused = await cli.Run("detect", "score", cli["files"], "--detector", cli["first"], "--models", models, "--format", "parquet");
        Assert.Equal((2, "forensicheads: --format parquet needs --out FILE.parquet; a terminal cannot show it."),
            (refused.Code, refused.ErrorLines[^1]));
    }

    private static Task PutPhoto(string path, int number)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var head = new ProceduralVideo(ProceduralPerson.Create(1, number), 0, 1).Render(0, 256).Image;
        return File.WriteAllBytesAsync(path, ImageCodec.EncodePng(head), TestContext.Current.CancellationToken);
    }

    /// <summary>The advice works: people made again at the size of the fakes, and the same training goes on.</summary>
    [Fact]
    public async Task Sizes_that_do_not_fit_are_refused_with_a_command_that_works()
    {
        await cli.Succeed("procedural", "--identities", "8", "--videos", "2", "--frames", "4", "--size", "48", "--out", cli["larger"]);
        string[] Train(string real) => ["detect", "train", "--real", cli[real], "--generated", cli["fakes"], "--split", cli["split.json"],
            "--trees", "5", "--out", cli["third"]];
        var refused = await cli.Run(Train("larger"));
        Assert.Equal(1, refused.Code);
        Assert.Contains("Make procedural heads again with --size 32 ('ingest' and 'procedural' have it).", refused.ErrorLines[^1],
            StringComparison.Ordinal);
        await cli.Succeed("procedural", "--identities", "8", "--videos", "2", "--frames", "4", "--size", "32", "--out", cli["smaller"]);
        Assert.Equal(0, (await cli.Run(Train("smaller"))).Code);
    }
}
