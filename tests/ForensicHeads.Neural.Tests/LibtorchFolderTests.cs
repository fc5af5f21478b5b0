using ForensicHeads.Testing;

namespace ForensicHeads.Neural.Tests;

public sealed class LibtorchFolderTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_missing_is_named()
    {
        Assert.Contains("names no folder", new LibtorchFolder(null).Fault, StringComparison.Ordinal);
        Assert.Contains("there is no such folder", new LibtorchFolder(folder["none"]).Fault, StringComparison.Ordinal);
        foreach (var file in new[] { "libc10.so", "libtorch_cpu.so", "libtorch.so" }) folder.Write(file, "no library");
        Assert.Contains("lacks libtorch_cuda.so;", new LibtorchFolder(folder.Path).Fault, StringComparison.Ordinal);
        folder.Write("libtorch_cuda.so", "no library");
        Assert.Null(new LibtorchFolder(folder.Path).Fault);
    }

    [Fact]
    public void A_library_that_does_not_load_says_why_and_ends_nothing()
    {
        foreach (var file in new[] { "libc10.so", "libtorch_cpu.so", "libtorch_cuda.so", "libtorch.so" }) folder.Write(file, "no library");
        var libtorch = new LibtorchFolder(folder.Path);
        libtorch.Load();
        Assert.StartsWith("libtorch_cuda.so does not load: ", libtorch.CudaFault, StringComparison.Ordinal);
    }

    [Fact]
    public void This_is_the_build_for_the_CPU_and_its_libtorch_says_its_version()
    {
        Assert.Equal(Flavour.Cpu, LibtorchFolder.Flavour);
        Assert.False(TorchRuntime.HasCuda);
        Assert.Equal("2.10.0", TorchRuntime.LoadedVersion);
    }
}
