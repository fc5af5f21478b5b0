namespace ForensicHeads.Cli.Tests.Hostile;

/// <summary>Every command that takes a folder made by others, by the kind of folder: the rows of the table of attacks.</summary>
internal static class FolderCommands
{
    /// <summary>Commands that take a store at <c>in</c>; <c>out</c> is where each may write.</summary>
    public static IReadOnlyDictionary<string, Func<FolderAttackFixture, Arena, string[]>> OnStores { get; } =
        new Dictionary<string, Func<FolderAttackFixture, Arena, string[]>>
        {
            ["train"] = (made, arena) =>
                ["train", "--data", arena["in"], "--init", made.Cli["tiny.safetensors"], "--steps", "1", "--batch", "1", "--shots", "1",
                "--out", arena["out/run"]],
            ["adapt"] = (made, arena) =>
                ["adapt", "--weights", made.Cli["tiny.safetensors"], "--shots-from", arena["in"] + ":p70001-v0", "--shots", "1",
                "--updates", "1", "--out", arena["out/head.safetensors"]],
            ["generate"] = (made, arena) =>
                ["generate", "--head", made.Cli["head.safetensors"], "--drive", arena["in"] + ":p70000-v1", "--out", arena["out/fakes"]],
            ["datasets merge"] = (_, arena) => ["datasets", "merge", arena["in"], "--out", arena["out/merged"]],
            ["datasets split"] = (_, arena) => ["datasets", "split", arena["in"], "--out", arena["out/split.json"]],
            ["datasets audit"] = (made, arena) => ["datasets", "audit", arena["in"], "--split", made.Cli["split.json"]],
            ["datasets select"] = (_, arena) => ["datasets", "select", arena["in"], "--out", arena["out/part"]],
            ["datasets fakes"] = (_, arena) => ["datasets", "fakes", arena["in"], "--methods", "self-blend", "--out", arena["out/fakes"]],
            ["datasets revoke"] = (_, arena) => ["datasets", "revoke", arena["in"], arena["home"], "--identity", "p70000", "--remove"],
            ["detect train"] = (made, arena) =>
                ["detect", "train", "--real", arena["in"], "--generated", made.Cli["fakes"], "--families", "dct_beta", "--trainer",
                "logistic", "--near-duplicates", "ignore", "--out", arena["out/detector"]],
            ["detect evaluate"] = (made, arena) =>
                ["detect", "evaluate", "--protocol", "cross-condition", "--conditions", "clean", "--families", "npr_stats", "--real",
            arena["in"], "--generated", made.Cli["fakes"], "--out", arena["out/unseen"]],
            ["experiment run"] = (made, arena) =>
                ["experiment", "run", Config(made, arena), "--store", arena["in"], "--out", arena["out/report"]],
        };

    /// <summary>Commands that take a report's folder at <c>in</c>.</summary>
    public static IReadOnlyDictionary<string, Func<FolderAttackFixture, Arena, string[]>> OnReports { get; } =
        new Dictionary<string, Func<FolderAttackFixture, Arena, string[]>>
        {
            ["report"] = (_, arena) => ["report", arena["in"]],
            ["report compare"] = (made, arena) => ["report", "compare", arena["in"], made.Cli["report"], "--out", arena["out/compare"]],
            ["report table"] = (_, arena) => ["report", "table", arena["in"], "--out", arena["out/tables"]],
            ["verify"] = (_, arena) => ["verify", arena["in"]],
            ["datasets revoke"] = (_, arena) => ["datasets", "revoke", arena["in"], arena["home"], "--identity", "p70000", "--remove"],
            ["experiment run"] = (made, arena) =>
                ["experiment", "run", Config(made, arena), "--store", made.Cli["people"], "--out", arena["in"]],
            ["detect evaluate"] = (made, arena) =>
                ["detect", "evaluate", "--protocol", "cross-condition", "--conditions", "clean", "--families", "npr_stats", "--real",
            made.Cli["people"], "--generated", made.Cli["fakes"], "--out", arena["in"]],
        };

    /// <summary>Commands that take a detector's folder at <c>in</c>.</summary>
    public static IReadOnlyDictionary<string, Func<FolderAttackFixture, Arena, string[]>> OnDetectors { get; } =
        new Dictionary<string, Func<FolderAttackFixture, Arena, string[]>>
        {
            ["detect score"] = (made, arena) => ["detect", "score", made.Cli["photo.png"], "--detector", arena["in"]],
            ["detect train"] = (made, arena) =>
                ["detect", "train", "--real", made.Cli["people"], "--generated", made.Cli["fakes"], "--families", "dct_beta", "--trainer",
                "logistic", "--near-duplicates", "ignore", "--out", arena["in"]],
            ["datasets revoke"] = (_, arena) => ["datasets", "revoke", arena["in"], arena["home"], "--identity", "p70000", "--remove"],
        };

    // Too many people for the store, so that a run ends before it makes frames; what opens the store and the folder has been done by then.
    private static string Config(FolderAttackFixture made, Arena arena)
    {
        File.WriteAllText(arena["experiment.json"], made.Experiment(train: 30));
        return arena["experiment.json"];
    }
}
