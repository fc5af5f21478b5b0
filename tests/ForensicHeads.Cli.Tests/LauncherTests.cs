using System.Diagnostics;

namespace ForensicHeads.Cli.Tests;

/// <summary>Which build the launcher chooses: with stubs of dotnet, of NVIDIA's tool and of its library.</summary>
public sealed class LauncherTests : IDisposable
{
    private const string Cpu = "bin/Release/net10.0/forensicheads.dll", Packages = "bin/gpu-packages/Release/net10.0/forensicheads.dll",
        Libtorch = "bin/gpu-true/Release/net10.0/forensicheads.dll";

    // Says that it is an SDK, restores unless told otherwise, builds an empty program, and runs a program by saying its name.
    private const string Dotnet = """
        #!/bin/bash
        printf '%s\n' "$*" >> "$STUBS/calls"
        case $1 in
          --list-sdks) echo '10.0.100 [/sdk]' ;;
          restore) [ -z "${NO_PACKAGES:-}" ] ;;
          build)
            gpu=; for word in "$@"; do case $word in -p:Gpu=*) gpu=gpu-${word#-p:Gpu=}/ ;; esac; done
            mkdir -p "$(dirname "$2")/bin/${gpu}Release/net10.0" && touch "$(dirname "$2")/bin/${gpu}Release/net10.0/forensicheads.dll" ;;
          *) echo "ran $1" ;;
        esac
        """;

    private readonly TestFolder folder = new();

    public LauncherTests()
    {
        Directory.CreateDirectory(folder["house/.launch"]);
        Directory.CreateDirectory(folder["house/src/ForensicHeads.Cli"]);
        Directory.CreateDirectory(folder["stubs"]);
        foreach (var file in new[] { "forensicheads", ".launch/prepare.sh", ".launch/gpu.sh", "Directory.Build.props",
            "Directory.Build.targets", "Directory.Packages.props" })
            File.Copy(Path.Combine(Repository.Root, file), folder[$"house/{file}"]);
        File.WriteAllText(folder["house/src/ForensicHeads.Cli/ForensicHeads.Cli.csproj"], "");
        Script("dotnet", Dotnet);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_a_card_it_is_the_build_for_the_CPU_and_nothing_is_said_of_cards()
    {
        var (code, program, said) = Launch();
        Assert.Equal((0, Cpu), (code, program));
        Assert.DoesNotContain("NVIDIA", said, StringComparison.Ordinal);
        Assert.DoesNotContain("restore", Calls(), StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_card_it_is_the_build_of_packages_which_is_made_once()
    {
        Card();
        Assert.Equal((0, Packages), Launch().Short);
        Assert.Equal((0, Packages), Launch().Short);
        Assert.Equal(1, Calls().Split('\n').Count(line => line.StartsWith("build ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Where_the_packages_cannot_be_had_it_is_the_users_libtorch()
    {
        Card();
        Assert.Equal((0, Libtorch), Launch(("NO_PACKAGES", "1"), ("FORENSICHEADS_LIBTORCH", LibtorchOf("libtorch.so"))).Short);
    }

    [Fact]
    public void Where_neither_is_there_it_is_the_CPU_and_one_line_says_what_is_missing()
    {
        Card();
        for (var time = 0; time < 2; time++)
        {
            // The folder lacks one file.
            var (code, program, said) = Launch(("NO_PACKAGES", "1"), ("FORENSICHEADS_LIBTORCH", LibtorchOf()));
            Assert.Equal((0, Cpu), (code, program));
            Assert.Single(said.Split('\n'), line => line.Contains("an NVIDIA card is here and is not used", StringComparison.Ordinal)
                && line.Contains("libtorch_cuda", StringComparison.Ordinal));
        }

        // What failed a moment ago is not tried again at every start.
        Assert.Single(Calls().Split('\n'), line => line.StartsWith("restore ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_card_without_its_library_is_none()
    {
        Card(library: false);
        Assert.Equal((0, Cpu), Launch().Short);
    }

    [Fact]
    public void The_variable_decides_otherwise()
    {
        Assert.Equal((0, Packages), Launch(("FORENSICHEADS_GPU", "1")).Short);
        Card();
        Assert.Equal((0, Cpu), Launch(("FORENSICHEADS_GPU", "0")).Short);
        var (code, _, said) = Launch(("FORENSICHEADS_GPU", "yes"));
        Assert.Equal(1, code);
        Assert.Contains("it may be 0 (the CPU) or 1", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_that_is_asked_for_and_cannot_be_used_is_an_error()
    {
        var (code, _, said) = Launch(("FORENSICHEADS_GPU", "1"), ("NO_PACKAGES", "1"));
        Assert.Equal(1, code);
        Assert.Contains("FORENSICHEADS_GPU is 1, but the packages", said, StringComparison.Ordinal);
    }

    private void Card(bool library = true)
    {
        Script("nvidia-smi", "#!/bin/bash\necho 'GPU 0: NVIDIA Stub (UUID: GPU-0)'\n");
        if (library) File.WriteAllText(folder["stubs/libcuda.so.1"], "");
    }

    private string LibtorchOf(params string[] more)
    {
        var path = Directory.CreateDirectory(folder["libtorch"]).FullName;
        foreach (var file in (string[])["libc10.so", "libtorch_cpu.so", "libtorch_cuda.so", .. more])
            File.WriteAllText(Path.Combine(path, file), "");
        return path;
    }

    private string Calls() => File.ReadAllText(folder["stubs/calls"]);

    private void Script(string name, string text)
    {
        File.WriteAllText(folder[$"stubs/{name}"], text.ReplaceLineEndings("\n"));
        using var change = Process.Start("chmod", ["+x", folder[$"stubs/{name}"]]);
        change.WaitForExit();
    }

    private Ending Launch(params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("bash", [folder["house/forensicheads"], "--version"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{folder["stubs"]}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["STUBS"] = start.Environment["LD_LIBRARY_PATH"] = folder["stubs"];
        foreach (var name in new[] { "FORENSICHEADS_GPU", "FORENSICHEADS_LIBTORCH" }) start.Environment.Remove(name);
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        var cli = "ran " + folder["house/src/ForensicHeads.Cli"] + "/";
        return new Ending(process.ExitCode, output.Replace(cli, "", StringComparison.Ordinal), errors.Result);
    }

    private sealed record Ending(int Code, string Program, string Said)
    {
        /// <summary>Exit code and program.</summary>
        public (int Code, string Program) Short => (Code, Program);
    }
}
