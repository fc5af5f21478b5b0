using System.Text.Json;

namespace ForensicHeads.Cli.Tests.Commands;

public class CommandTests
{
    [Fact]
    public async Task Paper_256_has_the_counts_of_the_design()
    {
        using var cli = new TestCli();
        var result = await cli.Succeed("train", "--dry-run", "--preset", "paper-256", "--measure-steps", "0", "--json");
        var parameters = result.Json.GetProperty("parameters");
        Assert.Equal(14_825_024, parameters.GetProperty("embedder").GetInt64());
        Assert.Equal(31_211_715, parameters.GetProperty("generator").GetInt64());
        Assert.Equal(6_697_728, parameters.GetProperty("projection").GetInt64());
        Assert.Equal(19_545_153, parameters.GetProperty("discriminator").GetInt64());
        Assert.Equal(JsonValueKind.Null, result.Json.GetProperty("seconds_a_step").ValueKind);
    }

    [Fact]
    public async Task A_dry_run_of_the_paper_prints_its_numbers_without_any_data()
    {
        using var cli = new TestCli();
        var lines = (await cli.Succeed("train", "--preset", "paper-256", "--dry-run", "--measure-steps", "0")).Output.Split('\n');
        Assert.Equal(
            ["E      14,825,024 parameters", "G      31,211,715 parameters", "P       6,697,728 parameters",
                "D      19,545,153 parameters (without W)", "all    72,279,620 parameters"],
            lines[1..6]);
        Assert.Contains("device cpu", lines[0], StringComparison.Ordinal);
        Assert.Contains("in all, estimated", lines[7], StringComparison.Ordinal);
        Assert.Contains("float32  about", lines[8], StringComparison.Ordinal);
        Assert.Contains("bf16     about", lines[9], StringComparison.Ordinal);
        Assert.StartsWith("work of a step: about ", lines[10], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_takes_the_preset_of_the_weights_it_would_start_from()
    {
        using var cli = new TestCli();
        var json = (await cli.Succeed("train", "--dry-run", "--init", "heads-64", "--measure-steps", "0", "--json")).Json;
        Assert.Equal("heads-64", json.GetProperty("preset").GetProperty("name").GetString());
        Assert.Contains("Leave --preset out",
            (await cli.Run("train", "--dry-run", "--init", "heads-64", "--preset", "heads-128", "--measure-steps", "0")).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_measures_a_step()
    {
        using var cli = new TestCli();
        var result = await cli.Succeed(
            "train", "--dry-run", "--preset", "heads-64", "--batch", "1", "--shots", "1", "--measure-steps", "1", "--json");
        Assert.True(result.Json.GetProperty("seconds_a_step").GetDouble() > 0);
        Assert.True(result.Json.GetProperty("estimated_bytes").GetInt64() > result.Json.GetProperty("parameter_bytes").GetInt64());
        Assert.True(result.Json.GetProperty("measured_bytes").GetInt64() >= result.Json.GetProperty("parameter_bytes").GetInt64());
    }

    [Fact]
    public async Task Doctor_says_a_line_for_each_thing_and_counts_models_as_optional()
    {
        using var cli = new TestCli();
        var result = await cli.Succeed("doctor");
        foreach (var name in new[] { "OpenCV", "libtorch", "ONNX Runtime", "ffmpeg", "ffprobe", "disk", "devices" }) Assert.Contains(
            $"ok       {name}", result.Output, StringComparison.Ordinal);
        var json = (await cli.Succeed("doctor", "--json")).Json;
        Assert.True(json.GetProperty("ok").GetBoolean());
        Assert.All(json.GetProperty("checks").EnumerateArray(), check =>
            Assert.True(check.GetProperty("state").GetString() == "ok" || check.GetProperty("remedy").GetString()!.Length > 0));
    }

    [Fact]
    public async Task Models_are_listed_as_one_json_document_and_verify_fails_for_a_changed_one()
    {
        using var cli = new TestCli();
        Directory.CreateDirectory(cli["models"]);
        await File.WriteAllTextAsync(Path.Combine(cli["models"], "rfb320_nopp.onnx"), "not a model", TestContext.Current.CancellationToken);
        var list = await cli.Succeed("models", "list", "--models", cli["models"], "--json");
        Assert.Contains(list.Json.GetProperty("models").EnumerateArray(), model => model.GetProperty("state").GetString() == "mismatch");
        Assert.Equal(1, (await cli.Run("models", "verify", "--models", cli["models"])).Code);
    }

    [Fact]
    public async Task Fetched_MesoNet_weights_become_detectors_of_others_the_same_each_time()
    {
        using var cli = new TestCli();
        string[] Hashed() => [.. Directory.GetFiles(cli["models"], "meso*").Order(StringComparer.Ordinal).Select(Hashes.OfFile)];
        await cli.Succeed("models", "fetch", "--from", SharedData.Models, "--to", cli["models"]);
        var first = Hashed();
        Assert.Equal(8, first.Length);
        await cli.Succeed("models", "fetch", "--from", SharedData.Models, "--to", cli["models"]);
        Assert.Equal(first, Hashed());
        foreach (var path in Directory.GetFiles(cli["models"], "*" + DetectorFile.Ending))
            ForeignDetectors.Open(DetectorFile.Read(path)).Dispose();
    }

    [Fact]
    public async Task A_cancelled_render_leaves_nothing_under_a_final_name()
    {
        using var cli = new TestCli();
        cli.OnMessage = (line, source) =>
        {
            if (line.StartsWith("rendering", StringComparison.Ordinal)) source.Cancel();
        };
        var result = await cli.Run("procedural", "--identities", "40", "--frames", "2", "--size", "32", "--out", cli["store"]);
        Assert.Equal(130, result.Code);
        Assert.StartsWith("forensicheads: cancelled", result.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(cli.Folder));
    }

    [Fact]
    public async Task Stores_are_split_audited_merged_and_cleared_of_a_person()
    {
        using var cli = new TestCli();
        await cli.Succeed("procedural", "--identities", "3", "--frames", "2", "--size", "32", "--out", cli["a"]);
        var second = await cli.Succeed(
            "procedural", "--identities", "2", "--first", "70003", "--frames", "2", "--size", "32", "--out", cli["b"], "--json");
        Assert.Equal(8, second.Json.GetProperty("frames").GetInt32());
        var merged = await cli.Succeed("datasets", "merge", cli["a"], cli["b"], "--out", cli["all"], "--json");
        Assert.Equal(5, merged.Json.GetProperty("identities").GetInt32());
        await cli.Succeed("datasets", "split", cli["all"], "--generator", "2", "--train", "1", "--validation", "0", "--calibration", "0",
            "--test", "2");
        var audit = await cli.Succeed(
            "datasets", "audit", cli["all"], "--split", cli["splits/default.json"], "--near-duplicates", "ignore", "--json");
        Assert.Empty(audit.Json.GetProperty("leaks").EnumerateArray());
        var listed = await cli.Succeed("datasets", "revoke", cli["all"], "--identity", "p70003", "--json");
        Assert.False(listed.Json.GetProperty("removed").GetBoolean());
        Assert.Contains("listed only", listed.Error, StringComparison.Ordinal);
        await cli.Succeed("datasets", "revoke", cli["all"], "--identity", "p70003", "--remove");
        Assert.Contains("nothing of p70003", (await cli.Succeed("datasets", "revoke", cli["all"], "--identity", "p70003")).Output,
            StringComparison.Ordinal);
    }
}
