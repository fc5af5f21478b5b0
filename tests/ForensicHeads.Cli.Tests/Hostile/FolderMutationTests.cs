using System.Diagnostics;
using System.Globalization;

namespace ForensicHeads.Cli.Tests.Hostile;

/// <summary>Commands on mutated stores, reports and detectors change, remove and copy nothing of the user's own, ask no network, crash
/// nowhere and wait for nothing.</summary>
/// <remarks><c>FORENSICHEADS_FOLDERS=1000</c> tries so many mutants in all in place of a few, each command within ten seconds.</remarks>
public sealed class FolderMutationTests(FolderAttackFixture made) : IClassFixture<FolderAttackFixture>
{
    private const int Usual = 60;

    // Whoever shares the machine may make us wait: only who asks for many has it to themselves.
    private static readonly TimeSpan Hang = Asked is null ? TimeSpan.FromMinutes(2) : TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static int? Asked =>
        int.TryParse(Environment.GetEnvironmentVariable("FORENSICHEADS_FOLDERS"), NumberStyles.None, CultureInfo.InvariantCulture,
        out var asked) ? asked : null;

    private static int Mutants => Asked ?? Usual;

    [Theory]
    [InlineData("people")]
    [InlineData("report")]
    [InlineData("detector")]
    public async Task A_mutated_folder_harms_nobody(string folder)
    {
        var commands = folder switch
        {
            "people" => FolderCommands.OnStores,
            "report" => FolderCommands.OnReports,
            _ =>
            FolderCommands.OnDetectors
        };
        var (slowest, worst) = (TimeSpan.Zero, "");
        using var network = new NetworkWatch();
        for (var number = 0; number < Mutants / 3; number++)
        {
            // Each mutant meets two of the commands, one after the other, as a user's would.
            foreach (var turn in new[] { number, (3 * number) + 1 })
            {
                var (name, command) = commands.ElementAt(turn % commands.Count);
                var took = await Try(folder, number, name, command);
                // Somebody else may have had the processor: what hangs, hangs twice.
                if (took > Hang) took = await Try(folder, number, name, command);
                Assert.True(took <= Hang, $"mutant {number} of {folder}: {name} took {took.TotalSeconds:0.0} s");
                if (took > slowest) (slowest, worst) = (took, $"{name}, mutant {number}");
            }
        }

        Assert.Empty(network.Seen);
        TestContext.Current.SendDiagnosticMessage($"{folder}: {Mutants / 3} mutants, slowest {slowest.TotalSeconds:0.00} s ({worst})");
    }

    private async Task<TimeSpan> Try(string folder, int number, string name, Func<FolderAttackFixture, Arena, string[]> command)
    {
        using var arena = new Arena();
        var done = new FolderMutator(arena, made.Cli[folder], folder).Make(number);
        var args = command(made, arena);
        var watch = Stopwatch.StartNew();
        var run = arena.Cli.Run(args);
        if (await Task.WhenAny(run, Task.Delay(Patience, TestContext.Current.CancellationToken)) != run) Assert.Fail(
            $"mutant {number} of {folder} ({done}): {name} hangs");
        watch.Stop();
        var result = await run;
        var about = $"mutant {number} of {folder} ({done}): {name}: {result.Error}";
        Assert.True(result.Code is 0 or 1 or 2 or 3, about);
        Assert.False(result.Error.Contains("This is a defect", StringComparison.Ordinal), about);
        Assert.True((result.Output + result.Error).AsSpan().IndexOfAny('\u001b', '\u202E') < 0, about);
        Assert.True(arena.Harm() is null, $"{arena.Harm()}; {about}");
        return watch.Elapsed;
    }
}
