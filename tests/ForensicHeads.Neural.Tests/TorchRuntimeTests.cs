using TorchSharp;

namespace ForensicHeads.Neural.Tests;

[Collection(nameof(Alone))]
public class TorchRuntimeTests
{
    [Fact]
    public void A_network_computes_with_the_chosen_threads_on_a_thread_that_used_another_number()
    {
        var layout = new ParameterLayout();
        layout.Add("w", Initial.He, spectralNorm: true, 2, 3);
        using var parameters = new NetworkParameters(layout, 1, "net");
        var seen = 0;
        // libtorch keeps the number per thread: this one would go on with two.
        var other = new Thread(() =>
        {
            torch.set_num_threads(2);
            using var scope = torch.NewDisposeScope();
            parameters.Bind(learn: false, advance: false);
            seen = torch.get_num_threads();
        });
        TorchRuntime.Threads = 1;
        other.Start();
        other.Join();
        Assert.Equal(1, seen);
        Assert.Equal(1, TorchRuntime.Threads);
    }

    [Fact]
    public void An_unknown_device_is_wrong_usage() =>
        Assert.Equal(2, Assert.Throws<UserErrorException>(() => Compute.Choose("tpu")).ExitCode);
}
