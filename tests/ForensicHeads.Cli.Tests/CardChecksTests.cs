using System.Diagnostics;

namespace ForensicHeads.Cli.Tests;

/// <summary>What the doctor says of cards, with a stub of NVIDIA's tool.</summary>
public sealed class CardChecksTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("echo 'NVIDIA Stub, 81559 MiB, 570.00'", "NVIDIA Stub, 81559 MiB, driver 570.00; this build does not use them")]
    [InlineData("echo 'No devices were found'; exit 6", null)]
    public async Task The_doctor_names_a_card_that_the_build_does_not_use(string tool, string? says)
    {
        folder.Write("nvidia-smi", $"#!/bin/bash\n{tool}\n");
        using (var change = Process.Start("chmod", ["+x", folder["nvidia-smi"]])) await change.WaitForExitAsync(Cancelled);
        using var process = TestCli.Start(["doctor"], start =>
            start.Environment["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}");
        var errors = process.StandardError.ReadToEndAsync(Cancelled);
        var output = await process.StandardOutput.ReadToEndAsync(Cancelled);
        await errors;
        await process.WaitForExitAsync(Cancelled);
        Assert.Contains("the build is for the CPU", output, StringComparison.Ordinal);
        if (says is null) Assert.DoesNotContain("NVIDIA", output, StringComparison.Ordinal);
        else Assert.Contains(says, output, StringComparison.Ordinal);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}
