using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ForensicHeads.Cli.Tests.Commands;

/// <summary>Plans on this machine, and with stand-ins for Slurm's programs; Slurm itself is tried by <c>tests/cluster</c>.</summary>
public sealed class ClusterTests : IDisposable
{
    private readonly TestCli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Trainings_by_seed_are_those_of_one_machine_though_one_was_killed_and_one_failed()
    {
        await TrainingData();
        string[] words = [.. Train, "--seed", "4"];
        await cli.Succeed([.. words, "--out", cli["one"]]);
        await cli.Succeed(["cluster", "plan", "train", .. Train[1..], "--seed", "3", "--shards", "3", "--out", cli["plan"], "--result",
            cli["seeds"]]);

        // Task 2 is killed, task 3 finds weights that it cannot read.
        Assert.True(new KilledCommand(cli["plan"], ["cluster", "run", cli["plan"], "--task", "2"]).UntilKilled(
            changes: 6, new SeededRandom(1, "cluster")));
        File.Move(cli["tiny.safetensors"], cli["away"]);
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            var failed = await cli.Run("cluster", "run", cli["plan"], "--task", "3");
            Assert.Equal(1, failed.Code);
            Assert.Contains("task 3: ", failed.Error, StringComparison.Ordinal);
        }

        File.Move(cli["away"], cli["tiny.safetensors"]);
        var status = await cli.Run("cluster", "status", cli["plan"], "--json");
        Assert.Equal(3, status.Code);
        Assert.Equal("missing failed failed", string.Join(' ', status.Json.GetProperty("tasks").EnumerateArray()
            .Select(task => task.GetProperty("state").GetString())));
        Assert.Matches(@"task 2 failed: ended without a word on \S+: killed", (await cli.Run("cluster", "status", cli["plan"])).Output);
        Assert.Matches(@"task 3 failed 2 times: .*tiny\.safetensors", (await cli.Run("cluster", "status", cli["plan"])).Output);
        var refused = await cli.Run("cluster", "merge", cli["plan"]);
        Assert.Equal(1, refused.Code);
        Assert.Contains("3 of 3 tasks of", refused.Error, StringComparison.Ordinal);

        var all = await cli.Run("cluster", "run", cli["plan"], "--all", "--jobs", "2");
        Assert.True(all.Code == 0, all.Error + all.Output);
        Assert.Contains("3 done     1-3", all.Output, StringComparison.Ordinal);
        await cli.Succeed("cluster", "merge", cli["plan"]);
        // A second merge finds all in its place.
        await cli.Succeed("cluster", "merge", cli["plan"]);
        Assert.Equal(["seed-3", "seed-4", "seed-5"], Directory.GetDirectories(cli["seeds"]).Select(Path.GetFileName).Order());
        foreach (var file in new[] { "weights.safetensors", "stats.jsonl", "run.json" })
            Assert.Equal(Hashes.OfFile(cli[$"one/{file}"]), Hashes.OfFile(cli[$"seeds/seed-4/{file}"]));
        File.WriteAllText(cli["seeds/seed-4/stats.jsonl"], "mine");
        Assert.Contains("is there and holds something else", (await cli.Run("cluster", "merge", cli["plan"])).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fakes_by_person_are_those_of_one_machine_and_the_number_may_come_from_the_environment()
    {
        await cli.Succeed("procedural", "--identities", "3", "--videos", "1", "--frames", "4", "--size", "32", "--out", cli["people"]);
        string[] words = [cli["people"], "--methods", "self-blend", "--blends", "2"];
        await cli.Succeed(["datasets", "fakes", .. words, "--out", cli["one/fakes"]]);
        await cli.Succeed(["cluster", "plan", "fakes", .. words, "--shards", "2", "--out", cli["plan"], "--result", cli["two/fakes"]]);
        for (var task = 1; task <= 2; task++)
        {
            using var process = TestCli.Start(["cluster", "run", cli["plan"]],
                start => start.Environment["FORENSICHEADS_TASK"] = $"{task}");
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, await error);
        }

        await cli.Succeed("cluster", "merge", cli["plan"]);
        var files = Directory.GetFiles(cli["one/fakes"], "*", SearchOption.AllDirectories);
        Assert.All(files, file => Assert.Equal(Hashes.OfFile(file),
            Hashes.OfFile(Path.Combine(cli["two/fakes"], Path.GetRelativePath(cli["one/fakes"], file)))));
        // Other people than those of the plan are not mixed with them.
        Directory.Delete(cli["plan/done"], recursive: true);
        Directory.Delete(cli["people"], recursive: true);
        await cli.Succeed("procedural", "--identities", "4", "--videos", "1", "--frames", "4", "--size", "32", "--out", cli["people"]);
        Assert.Contains("the inputs are not as they were when the plan was made",
            (await cli.Run("cluster", "run", cli["plan"], "--task", "1")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cluster plan train --steps 0 --shards 2 --out plan", "steps")]
    [InlineData("cluster plan ingest nowhere --shards 2 --out plan", "nowhere is not a folder")]
    [InlineData("cluster plan ingest . --out plan", "--shards N is missing")]
    [InlineData("cluster plan ingest . --shard 1/2 --shards 2 --out plan", "There is no option --shard here")]
    [InlineData("cluster plan ingest . --shards 2 --out plan --site none.json", "none.json")]
    [InlineData("cluster status nowhere", "holds no plan.json")]
    public async Task A_slip_is_told_when_the_plan_is_made(string line, string says)
    {
        var result = await cli.Run(line.Split(' '));
        Assert.NotEqual(0, result.Code);
        Assert.Contains(says, result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists("plan"));
    }

    [Fact]
    public async Task A_plan_made_twice_is_the_same_bytes()
    {
        await TrainingData();
        foreach (var name in new[] { "a", "b" })
            await cli.Succeed(["cluster", "plan", "train", .. Train[1..], "--shards", "2", "--out", cli[name]]);
        Assert.Equal(File.ReadAllText(cli["a/plan.json"]), File.ReadAllText(cli["b/plan.json"]));
    }

    [Fact]
    public async Task Retry_submits_what_is_missing_in_arrays_that_Slurm_takes()
    {
        await TrainingData();
        await cli.Succeed(["cluster", "plan", "train", .. Train[1..], "--shards", "12", "--out", cli["plan"], "--site",
            Write("site.json", """{ "at_once": 3 }""")]);
        // Six an array at most; tasks 2, 8 and 9 are queued.
        Stub("scontrol", "echo 'MaxArraySize            = 7'");
        Stub("squeue", """
            name=$(sed -n 's/^#SBATCH --job-name=\(.*\)-0$/\1/p' "$HERE/plan/array.sh")
            printf '%s-0|2|R\n%s-6|2|PD\n%s-6|3|PD\nother-0|5|R\n%s-merge|N/A|PD\n' $name $name $name $name
            """);
        Stub("sbatch", """echo "$@" >> "$HERE/submitted"; echo "$((70 + $(wc -l < "$HERE/submitted")));cluster" """);
        Directory.CreateDirectory(cli["plan/done"]);
        File.WriteAllText(cli["plan/done/000004.json"], "{}");

        var (_, status) = await WithStubs("cluster", "status", cli["plan"]);
        Assert.Equal("1 done     4|1 running  2|2 waiting  8-9|8 missing  1,3,5-7,10-12",
            string.Join('|', status.Trim().Split('\n').Select(line => line.Trim())));
        var (code, said) = await WithStubs("cluster", "retry", cli["plan"]);
        Assert.Equal(0, code);
        var job = Regex.Match(File.ReadAllText(cli["plan/array.sh"]), "--job-name=(.*)-0").Groups[1].Value;
        Assert.Equal(
            [$"--parsable --job-name={job}-0 --array=1,3,5-6%3 {cli["plan/array.sh"]} 0",
                $"--parsable --job-name={job}-6 --array=1,4-6%3 {cli["plan/array.sh"]} 6"],
            File.ReadAllLines(cli["submitted"]));
        Assert.Contains("submitted 8 tasks (1,3,5-7,10-12) as 71, 72", said, StringComparison.Ordinal);
        Assert.Contains($"then: sbatch --dependency=afterany:71:72 {cli["plan/merge.sh"]}", said, StringComparison.Ordinal);

        Stub("sbatch", "echo 'sbatch: error: invalid partition specified: gpu' >&2; exit 1");
        (code, said) = await WithStubs("cluster", "retry", cli["plan"]);
        Assert.Equal(1, code);
        Assert.Contains("sbatch refused: sbatch: error: invalid partition specified: gpu. Mend site.json", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Slurm_retry_says_what_works()
    {
        await TrainingData();
        await cli.Succeed(["cluster", "plan", "train", .. Train[1..], "--shards", "2", "--out", cli["plan"]]);
        Directory.CreateDirectory(cli["stubs"]);
        var (code, said) = await WithStubs("cluster", "retry", cli["plan"]);
        Assert.Equal(1, code);
        Assert.Contains("There is no sbatch on this machine.", said, StringComparison.Ordinal);
    }

    private string[] Train =>
    [
        "train", "--data", cli["people"], "--init", cli["tiny.safetensors"], "--steps", "30", "--batch", "2", "--shots", "2",
        "--checkpoint-every", "5", "--sample-every", "1000", "--threads", "1",
    ];

    private async Task TrainingData()
    {
        await cli.Succeed("procedural", "--identities", "3", "--videos", "1", "--frames", "6", "--size", "32", "--out", cli["people"]);
        using var weights = new GeneratorWeights(TinyPreset.Value, 1);
        weights.Save(cli["tiny.safetensors"], new Dictionary<string, string>());
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(cli[name], text);
        return cli[name];
    }

    private void Stub(string name, string script)
    {
        Directory.CreateDirectory(cli["stubs"]);
        var path = Write($"stubs/{name}", $"#!/bin/bash\nHERE='{cli.Folder}'\n{script}\n");
        using var change = Process.Start("chmod", ["+x", path]);
        change.WaitForExit();
    }

    // Only the stand-ins can be found, and the shell that they need.
    private async Task<(int Code, string Said)> WithStubs(params string[] words)
    {
        var dotnet = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, "dotnet")).First(File.Exists);
        var start = new ProcessStartInfo(dotnet, [typeof(CommandLine).Assembly.Location, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var tool in new[] { "sed", "wc" }.Where(tool => !File.Exists(cli[$"stubs/{tool}"])))
            File.CreateSymbolicLink(cli[$"stubs/{tool}"], $"/usr/bin/{tool}");
        start.Environment["PATH"] = cli["stubs"];
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
